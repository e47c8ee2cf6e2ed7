import { A } from "@solidjs/router";
import { createSignal, onMount } from "solid-js";

import { type Pairing, ROUTES, type Workspace } from "../../../shared/wire.ts";
import { listKeys } from "../keys/keys-api.ts";

type Key = NonNullable<Pairing["previousKey"]>;

/** Of a person with many, only the first few are searched. */
const MAX_SEARCHED = 10;

/** For a key that Studio only reported: why it cannot be deleted here, and what to do instead. */
export function UnprovenKey(props: { previous: Key; workspaces: Workspace[] }) {
	const [page, setPage] = createSignal<string>();
	// The list of keys will do if it fails.
	onMount(() => void findPage(props.previous, props.workspaces).then(setPage, () => undefined));
	return (
		<div class="stack tight">
			<p>
				The key in the place now: <bdi>{props.previous.label}</bdi> <span class="unbroken">…{props.previous.hint}</span>
			</p>
			<p class="small muted">
				It stays as it is. It cannot be deleted from here, because Studio did not prove that the place has it: the
				plugin is older than this server (
				<a href={ROUTES.plugin} download="Auxvyn.rbxmx" rel="external">
					download the current one
				</a>
				), or the key no longer works. Once the new key works,{" "}
				<A href={page() ?? "/"}>delete the old one on its page</A>.
			</p>
		</div>
	);
}

/** The page of a key in one of these workspaces. */
async function findPage({ id, label }: Key, workspaces: Workspace[]): Promise<string | undefined> {
	const pageIn = (workspace: Workspace) => `/workspaces/${workspace.id}/keys/${id}`;
	const [only, ...others] = workspaces;
	if (only !== undefined && others.length === 0) return pageIn(only);
	for (const workspace of workspaces.slice(0, MAX_SEARCHED)) {
		const { keys } = await listKeys(workspace.id, { q: label });
		if (keys.some((key) => key.id === id)) return pageIn(workspace);
	}
	return undefined;
}
