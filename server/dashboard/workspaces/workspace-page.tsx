import { Navigate, type RouteSectionProps, useLocation } from "@solidjs/router";
import { createContext, createEffect, For, on, Show, useContext } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { LoadedPage } from "../ui/loaded-page.tsx";
import { NotFound } from "../ui/not-found.tsx";
import { rememberWorkspace } from "./last-workspace.ts";
import { TABS } from "./tabs.ts";
import { useWorkspaces } from "./workspaces.tsx";

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
					<Tabs workspaceId={id} />
					<LoadedPage>{props.children}</LoadedPage>
				</CurrentWorkspace.Provider>
			)}
		</Show>
	);
}

/** A workspace's address leads to its first tab. */
export function ToKeys() {
	return <Navigate href="keys" />;
}

/** A page under a tab's own is still under that tab. */
function Tabs(props: { workspaceId: string }) {
	const location = useLocation();
	const current = (href: string) => {
		if (location.pathname === href) return "page";
		return location.pathname.startsWith(`${href}/`) ? "true" : undefined;
	};
	let nav: HTMLElement | undefined;
	createEffect(
		// On a phone not all of them have room at once.
		on([() => location.pathname, () => props.workspaceId], () =>
			nav?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }),
		),
	);
	return (
		<nav class="tabs" aria-label="Workspace" ref={nav}>
			<For each={TABS}>
				{({ path, text }) => {
					const href = `/workspaces/${props.workspaceId}/${path}`;
					return (
						<a href={href} aria-current={current(href)}>
							{text}
						</a>
					);
				}}
			</For>
		</nav>
	);
}
