import { Navigate } from "@solidjs/router";
import { Show } from "solid-js";

import { FirstWorkspace } from "./first-workspace.tsx";
import { lastWorkspaceId } from "./last-workspace.ts";
import { useWorkspaces } from "./workspaces.tsx";

/** `/`: leads to the keys of the workspace seen last, or else of the first. */
export function Home() {
	const workspaces = useWorkspaces();
	const target = () => workspaces.byId(lastWorkspaceId()) ?? workspaces.list()[0];
	return (
		<Show when={target()} fallback={<FirstWorkspace />}>
			{(workspace) => <Navigate href={`/workspaces/${workspace().id}/keys`} />}
		</Show>
	);
}
