import type { Start } from "../../shared/wire.ts";
import { firstKeys } from "../keys/manage/key-list.store.ts";
import type { Database } from "../storage/database.ts";
import { listWorkspaces } from "../workspaces/workspace.store.ts";
import { firstSteps } from "./first-steps.store.ts";

/** The account's workspaces and the first keys of `workspaceId`, or of its first workspace if it is not a member of that one. */
export async function loadStart(
	db: Database,
	{ accountId, workspaceId }: { accountId: string; workspaceId: string | undefined },
): Promise<Pick<Start, "workspaces" | "keys">> {
	const workspaces = await listWorkspaces(db, { accountId });
	const shown = workspaces.find(({ id }) => id === workspaceId) ?? workspaces[0];
	if (shown === undefined) return { workspaces, keys: null };
	const list = await firstKeys(db, { workspaceId: shown.id });
	const steps = await firstSteps(db, { workspaceId: shown.id, accountId });
	return { workspaces, keys: { workspaceId: shown.id, list, firstSteps: steps } };
}
