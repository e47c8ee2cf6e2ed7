import { createContext, createMemo, type JSX, onCleanup, useContext } from "solid-js";

import type { KeyUse, LiveTopic } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { notifySessionEnd } from "../api/client.ts";
import { useStart } from "../session/session.tsx";
import { useCurrentWorkspace } from "../workspaces/current-workspace.ts";
import { useWorkspaces } from "../workspaces/workspaces.tsx";
import { listWorkspaces } from "../workspaces/workspaces-api.ts";
import { createStream, type LiveState } from "./stream.ts";

export interface Live {
	/** Calls back when one of `topics` may have changed. Unsubscribes with its owner. */
	onChanged: (topics: LiveTopic[], listener: () => void) => void;
	/** Calls back with keys' usage. Unsubscribes with its owner. */
	onUsed: (listener: (keys: KeyUse[]) => void) => void;
	/** Calls back when the stream reopens after it ended. Unsubscribes with its owner. */
	onReopened: (listener: () => void) => void;
	/** Undefined if there is no workspace to follow. */
	state: () => LiveState | undefined;
}

interface ChangeListener {
	topics: LiveTopic[];
	call: () => void;
}

const LiveContext = createContext<Live>();

/** Live changes of the current workspace, for all signed-in pages. */
export function LiveProvider(props: { children: JSX.Element }) {
	const workspaces = useWorkspaces();
	const start = useStart();
	const workspace = useCurrentWorkspace();
	const current = createMemo(() => workspace()?.id);
	const changeListeners = new Set<ChangeListener>();
	const useListeners = new Set<(keys: KeyUse[]) => void>();
	const reopenedListeners = new Set<() => void>();
	let wasOpen = false;
	const notifyChanged = (is: (topic: LiveTopic) => boolean) => {
		for (const listener of [...changeListeners]) if (listener.topics.some(is)) listener.call();
	};

	/**
	 * Ends the page's session if the server has, and leaves a workspace the user is no longer in. Resolves to whether the
	 * server responds.
	 */
	const checkAccess = async () => {
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
		onOpen: () => {
			start.dropKeys();
			notifyChanged(() => true);
			if (wasOpen) for (const listener of [...reopenedListeners]) listener();
			wasOpen = true;
		},
		onError: checkAccess,
		onEvent: (event) => {
			if ("topics" in event) notifyChanged((topic) => event.topics.includes(topic));
			else if ("keys" in event) for (const listener of [...useListeners]) listener(event.keys);
			else if (event.reason === "session") notifySessionEnd();
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
	// The user's role or the workspace's name may have changed.
	live.onChanged(["people", "workspace"], () => void workspaces.reload());
	return <LiveContext.Provider value={live}>{props.children}</LiveContext.Provider>;
}

/** Undefined on public pages. */
export function useOptionalLive(): Live | undefined {
	return useContext(LiveContext);
}

export function useLive(): Live {
	const live = useOptionalLive();
	if (!live) throw new Error("useLive belongs inside LiveProvider.");
	return live;
}
