import type { Pairing, Workspace } from "../../../shared/wire.ts";
import { listKeys } from "../keys/keys-api.ts";

/** Of a person with many, only the first few are searched. */
const MAX_SEARCHED = 10;

/** Which of these workspaces the key is in. */
export async function findWorkspace(
	{ id, label }: NonNullable<Pairing["previousKey"]>,
	workspaces: readonly Workspace[],
): Promise<Workspace | undefined> {
	const [only, ...others] = workspaces;
	if (only !== undefined && others.length === 0) return only;
	for (const workspace of workspaces.slice(0, MAX_SEARCHED)) {
		const { keys } = await listKeys(workspace.id, { q: label });
		if (keys.some((key) => key.id === id)) return workspace;
	}
	return undefined;
}
