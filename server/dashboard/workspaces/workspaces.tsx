import { createComputed, createContext, createSignal, type JSX, useContext } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { useStart } from "../session/session.tsx";
import { listWorkspaces } from "./workspaces-api.ts";

export interface Workspaces {
	list: () => Workspace[];
	byId: (id: string | undefined) => Workspace | undefined;
	/** Reloads the list. On failure the current one is kept. */
	reload: () => Promise<void>;
}

const WorkspacesContext = createContext<Workspaces>();

/** The user's workspaces; empty when signed out. */
export function WorkspacesProvider(props: { children: JSX.Element }) {
	const start = useStart();
	const [list, setList] = createSignal<Workspace[]>([], { equals: isSame });
	createComputed(() => setList(start.workspaces()));
	let latest: Promise<void> | undefined;
	/** Responses may arrive out of order: only the latest request counts, and earlier callers wait for it. */
	const reload = () => {
		const mine = listWorkspaces()
			.catch(() => undefined)
			.then((known): Promise<void> | undefined => {
				if (mine !== latest) return latest;
				if (known) setList(known);
				return undefined;
			});
		latest = mine;
		return mine;
	};
	const workspaces: Workspaces = {
		list,
		byId: (id) => list().find((workspace) => workspace.id === id),
		reload,
	};
	return <WorkspacesContext.Provider value={workspaces}>{props.children}</WorkspacesContext.Provider>;
}

/** An unchanged list must not re-render the page. */
function isSame(one: Workspace[], other: Workspace[]): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

export function useWorkspaces(): Workspaces {
	const workspaces = useContext(WorkspacesContext);
	if (!workspaces) throw new Error("useWorkspaces belongs inside WorkspacesProvider.");
	return workspaces;
}
