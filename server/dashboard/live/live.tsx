import { createContext, createMemo, type JSX, onCleanup, useContext } from "solid-js";

import type { KeyUse, LiveTopic } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { sessionIsOver } from "../api/client.ts";
import { useStart } from "../session/session.tsx";
import { useCurrentWorkspace } from "../workspaces/current-workspace.ts";
import { useWorkspaces } from "../workspaces/workspaces.tsx";
import { listWorkspaces } from "../workspaces/workspaces-api.ts";
import { createStream, type LiveState } from "./stream.ts";

export interface Live {
	/** Calls back whenever one of `topics` may have changed, until the caller's owner is gone. */
	onChanged: (topics: LiveTopic[], listener: () => void) => void;
	/** Calls back with how keys have been used, until the caller's owner is gone. */
	onUsed: (listener: (keys: KeyUse[]) => void) => void;
	/** Calls back when the stream is had again after it ended, until the caller's owner is gone. */
	onReopened: (listener: () => void) => void;
	/** None where there is no workspace to follow. */
	state: () => LiveState | undefined;
}

interface ChangeListener {
	topics: LiveTopic[];
	call: () => void;
}

const LiveContext = createContext<Live>();

/** What changes in the workspace that is shown, or else was shown last, for all pages of somebody signed in. */
export function LiveProvider(props: { children: JSX.Element }) {
	const workspaces = useWorkspaces();
	const start = useStart();
	const workspace = useCurrentWorkspace();
	const current = createMemo(() => workspace()?.id);
	const changeListeners = new Set<ChangeListener>();
	const useListeners = new Set<(keys: KeyUse[]) => void>();
	const reopenedListeners = new Set<() => void>();
	let wasOpen = false;
	const changed = (is: (topic: LiveTopic) => boolean) => {
		for (const listener of [...changeListeners]) if (listener.topics.some(is)) listener.call();
	};

	/** Also ends the page's session where it is over, and leaves a workspace that one is not in any more. */
	const checkRight = async () => {
		const id = current();
		try {
			const list = await listWorkspaces();
			if (!list.some((workspace) => workspace.id === id)) await workspaces.reload();
			return true;
		} catch (error) {
			return asApiError(error).status !== undefined;
		}
	};

	const state = createStream(current, {
		opened: () => {
			start.dropKeys();
			changed(() => true);
			if (wasOpen) for (const listener of [...reopenedListeners]) listener();
			wasOpen = true;
		},
		failed: checkRight,
		heard: (event) => {
			if ("topics" in event) changed((topic) => event.topics.includes(topic));
			else if ("keys" in event) for (const listener of [...useListeners]) listener(event.keys);
			else if (event.reason === "session") sessionIsOver();
			else void workspaces.reload();
		},
	});
	const live: Live = {
		onChanged: (topics, call) => {
			const listener = { topics, call };
			changeListeners.add(listener);
			onCleanup(() => changeListeners.delete(listener));
		},
		onUsed: (listener) => {
			useListeners.add(listener);
			onCleanup(() => useListeners.delete(listener));
		},
		onReopened: (listener) => {
			reopenedListeners.add(listener);
			onCleanup(() => reopenedListeners.delete(listener));
		},
		state,
	};
	// One's own role, or the workspace's name.
	live.onChanged(["people", "workspace"], () => void workspaces.reload());
	return <LiveContext.Provider value={live}>{props.children}</LiveContext.Provider>;
}

/** None on a page for everybody. */
export function useLiveIfAny(): Live | undefined {
	return useContext(LiveContext);
}

export function useLive(): Live {
	const live = useLiveIfAny();
	if (!live) throw new Error("useLive belongs inside LiveProvider.");
	return live;
}
