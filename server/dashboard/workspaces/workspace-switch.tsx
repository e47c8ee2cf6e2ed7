import { useLocation } from "@solidjs/router";
import Check from "lucide-solid/icons/check";
import ChevronsUpDown from "lucide-solid/icons/chevrons-up-down";
import Plus from "lucide-solid/icons/plus";
import { For, Show } from "solid-js";

import { Menu, MenuLink } from "../ui/menu.tsx";
import { useCurrentWorkspace } from "./current-workspace.ts";
import { TABS } from "./tabs.ts";
import { useWorkspaces } from "./workspaces.tsx";

/** Shows the current workspace; its menu switches to another or creates one. */
export function WorkspaceSwitch() {
	const location = useLocation();
	const workspaces = useWorkspaces();
	const current = useCurrentWorkspace();
	/** Switching keeps the tab. */
	const tab = () => {
		const [, , , path] = location.pathname.split("/");
		return TABS.find((each) => each.path === path)?.path ?? "keys";
	};
	return (
		<Show when={current()}>
			{(shown) => (
				<>
					<span class="sep" aria-hidden="true">
						/
					</span>
					<Menu
						name="Workspace"
						class="switch"
						align="start"
						trigger={
							<>
								<bdi>{shown().name}</bdi>
								<ChevronsUpDown />
							</>
						}
					>
						<For each={workspaces.list()}>
							{(workspace) => (
								<MenuLink
									href={`/workspaces/${workspace.id}/${tab()}`}
									current={workspace.id === shown().id}
									icon={<Check classList={{ unseen: workspace.id !== shown().id }} />}
								>
									<bdi>{workspace.name}</bdi>
								</MenuLink>
							)}
						</For>
						<hr />
						<MenuLink href="/workspaces/new" icon={<Plus />}>
							New workspace
						</MenuLink>
					</Menu>
				</>
			)}
		</Show>
	);
}
