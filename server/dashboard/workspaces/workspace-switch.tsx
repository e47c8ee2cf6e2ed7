import { useNavigate, useParams } from "@solidjs/router";
import ChevronsUpDown from "lucide-solid/icons/chevrons-up-down";
import { For, Show } from "solid-js";

import { useWorkspaces } from "./workspaces.tsx";

/** The current workspace's name; a choice where there are several. */
export function WorkspaceSwitch() {
	const params = useParams<{ workspaceId?: string }>();
	const navigate = useNavigate();
	const workspaces = useWorkspaces();
	return (
		<Show when={workspaces.byId(params.workspaceId)}>
			{(current) => (
				<>
					<span class="sep" aria-hidden="true">
						/
					</span>
					<Show when={workspaces.list().length > 1} fallback={<span class="switch">{current().name}</span>}>
						<span class="switch choice">
							<select
								aria-label="Workspace"
								value={current().id}
								onChange={(event) => navigate(`/workspaces/${event.currentTarget.value}/keys`)}
							>
								<For each={workspaces.list()}>
									{(workspace) => (
										<option value={workspace.id} selected={workspace.id === current().id}>
											{workspace.name}
										</option>
									)}
								</For>
							</select>
							<ChevronsUpDown />
						</span>
					</Show>
				</>
			)}
		</Show>
	);
}
