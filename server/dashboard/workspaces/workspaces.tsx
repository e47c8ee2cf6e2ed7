import { createContext, createResource, type JSX, Match, Switch, useContext } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { listWorkspaces } from "./workspaces-api.ts";

export interface Workspaces {
	list: () => Workspace[];
	byId: (id: string | undefined) => Workspace | undefined;
	reload: () => Promise<void>;
}

const WorkspacesContext = createContext<Workspaces>();

/** The workspaces one is in, loaded once; its children wait for them. */
export function WorkspacesProvider(props: { children: JSX.Element }) {
	const [list, { refetch }] = createResource(listWorkspaces);
	const known = () => (list.error === undefined ? (list.latest ?? []) : []);
	const workspaces: Workspaces = {
		list: known,
		byId: (id) => known().find((workspace) => workspace.id === id),
		reload: async () => {
			await refetch();
		},
	};
	return (
		<Switch>
			<Match when={list.error !== undefined}>
				<main class="narrow">
					<FailureNotice error={asApiError(list.error)} onRetry={() => void refetch()} />
				</main>
			</Match>
			<Match when={list.latest !== undefined}>
				<WorkspacesContext.Provider value={workspaces}>{props.children}</WorkspacesContext.Provider>
			</Match>
		</Switch>
	);
}

export function useWorkspaces(): Workspaces {
	const workspaces = useContext(WorkspacesContext);
	if (!workspaces) throw new Error("useWorkspaces belongs inside WorkspacesProvider.");
	return workspaces;
}
