import { Navigate } from "@solidjs/router";
import { lazy, Show } from "solid-js";

import { lastWorkspaceId } from "./last-workspace.ts";
import { useWorkspaces } from "./workspaces.tsx";

const FirstWorkspace = lazy(async () => ({ default: (await import("./first-workspace.tsx")).FirstWorkspace }));

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
