import { A, type RouteSectionProps } from "@solidjs/router";
import { createContext, createEffect, For, Show, useContext } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { NotFound } from "../ui/not-found.tsx";
import { rememberWorkspace } from "./last-workspace.ts";
import { useWorkspaces } from "./workspaces.tsx";

/** One line for each tab that exists; its route is in `app.tsx`. */
const TABS = [{ path: "keys", text: "API Keys" }];

/** For the moment in which pages of a workspace that is not there any more are being taken down. */
const GONE: Workspace = { id: "", name: "", role: "member" };

const CurrentWorkspace = createContext<() => Workspace>();

export function useWorkspace(): () => Workspace {
	const workspace = useContext(CurrentWorkspace);
	if (!workspace) throw new Error("useWorkspace belongs inside WorkspacePage.");
	return workspace;
}

/** What all pages of a workspace have in common: its tabs, and that one has to be in it. */
export function WorkspacePage(props: RouteSectionProps) {
	const workspaces = useWorkspaces();
	const workspace = () => workspaces.byId(props.params["workspaceId"]);
	createEffect(() => {
		const current = workspace();
		if (current) rememberWorkspace(current.id);
	});
	return (
		<Show when={workspace()?.id} keyed fallback={<NotFound what="workspace" />}>
			{(id) => (
				<CurrentWorkspace.Provider value={() => workspace() ?? GONE}>
					<nav class="tabs" aria-label="Workspace">
						<For each={TABS}>{(tab) => <A href={`/workspaces/${id}/${tab.path}`}>{tab.text}</A>}</For>
					</nav>
					{props.children}
				</CurrentWorkspace.Provider>
			)}
		</Show>
	);
}
