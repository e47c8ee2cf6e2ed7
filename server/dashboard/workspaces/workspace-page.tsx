import { Navigate, type RouteSectionProps, useLocation } from "@solidjs/router";
import { createContext, createEffect, For, on, Show, useContext } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { LazyPage } from "../ui/lazy-page.tsx";
import { NotFound } from "../ui/not-found.tsx";
import { rememberWorkspace } from "./last-workspace.ts";
import { TABS } from "./tabs.ts";
import { useWorkspaces } from "./workspaces.tsx";

/** Used while the pages of a removed workspace are being unmounted. */
const GONE: Workspace = { id: "", name: "", role: "member" };

const CurrentWorkspace = createContext<() => Workspace>();

export function useWorkspace(): () => Workspace {
	const workspace = useContext(CurrentWorkspace);
	if (!workspace) throw new Error("useWorkspace belongs inside WorkspacePage.");
	return workspace;
}

/** The frame of a workspace's pages: tabs, and a membership check. */
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
					<LazyPage>{props.children}</LazyPage>
				</CurrentWorkspace.Provider>
			)}
		</Show>
	);
}

/** A workspace's own URL redirects to its first tab. */
export function RedirectToKeys() {
	return <Navigate href="keys" />;
}

/** A page below a tab's URL belongs to that tab. */
function Tabs(props: { workspaceId: string }) {
	const location = useLocation();
	const current = (href: string) => {
		if (location.pathname === href) return "page";
		return location.pathname.startsWith(`${href}/`) ? "true" : undefined;
	};
	let nav: HTMLElement | undefined;
	createEffect(
		// In a narrow window the tabs scroll.
		on([() => location.pathname, () => props.workspaceId], () =>
			nav?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }),
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
