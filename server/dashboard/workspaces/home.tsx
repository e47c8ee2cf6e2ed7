import { Navigate } from "@solidjs/router";
import { Show } from "solid-js";

import { FirstWorkspace } from "./first-workspace.tsx";
import { lastWorkspaceId } from "./last-workspace.ts";
import { useWorkspaces } from "./workspaces.tsx";

/** `/`: redirects to the keys of the last workspace, or else the first. */
export function Home() {
	const workspaces = useWorkspaces();
	const target = () => workspaces.byId(lastWorkspaceId()) ?? workspaces.list()[0];
	return (
		<Show when={target()} fallback={<FirstWorkspace />}>
			{(workspace) => <Navigate href={`/workspaces/${workspace().id}/keys`} />}
		</Show>
	);
}
