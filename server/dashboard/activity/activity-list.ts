import { batch, createEffect, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

import type { ActivityEntry } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { listActivity } from "./activity-api.ts";

export interface ActivityFilter {
	key: string | undefined;
	person: string | undefined;
}

interface ActivityState {
	entries: ActivityEntry[];
	nextCursor: string | null;
	/** The first response has arrived, or failed. */
	ready: boolean;
	loadingMore: boolean;
	error: ApiError | undefined;
}

/** A workspace's activity, newest first, paged and filtered. */
export function createActivityList(workspaceId: () => string, filter: () => ActivityFilter) {
	const [state, setState] = createStore<ActivityState>({
		entries: [],
		nextCursor: null,
		ready: false,
		loadingMore: false,
		error: undefined,
	});
	let attempt = new AbortController();
	/** Aborts the request in flight, if any. */
	const begin = () => {
		attempt.abort();
		attempt = new AbortController();
		return attempt.signal;
	};
	const show = (entries: ActivityEntry[], nextCursor: string | null) =>
		batch(() => {
			setState("entries", reconcile(entries, { key: "id" }));
			setState({ nextCursor, ready: true, error: undefined });
		});
	const fail = (signal: AbortSignal, error: unknown) => {
		if (!signal.aborted) setState({ ready: true, error: asApiError(error) });
	};

	const load = async () => {
		const signal = begin();
		try {
			const page = await listActivity(workspaceId(), filter(), signal);
			if (!signal.aborted) show(page.entries, page.nextCursor);
		} catch (error) {
			fail(signal, error);
		}
	};
	/** Reloads the newest page. Older entries are kept if they follow on from it without a gap. */
	const refresh = async () => {
		if (!state.ready || state.loadingMore) return;
		const signal = begin();
		try {
			const page = await listActivity(workspaceId(), filter(), signal);
			if (signal.aborted) return;
			const last = page.entries.at(-1)?.id;
			const overlap = state.entries.findIndex((entry) => entry.id === last);
			const older = overlap === -1 ? [] : state.entries.slice(overlap + 1);
			show([...page.entries, ...older], older.length > 0 ? state.nextCursor : page.nextCursor);
		} catch (error) {
			fail(signal, error);
		}
	};
	const more = async () => {
		const cursor = state.nextCursor;
		if (cursor === null || state.loadingMore) return;
		const signal = begin();
		setState("loadingMore", true);
		try {
			const page = await listActivity(workspaceId(), { ...filter(), cursor }, signal);
			if (!signal.aborted) show([...state.entries, ...page.entries], page.nextCursor);
		} catch (error) {
			fail(signal, error);
		} finally {
			setState("loadingMore", false);
		}
	};

	createEffect(on([workspaceId, filter], () => void load()));
	onCleanup(() => attempt.abort());
	return { state, load, refresh, more };
}
