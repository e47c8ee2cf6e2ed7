import { batch, createEffect, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

import type { Key, KeyState } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { useLive } from "../live/live.tsx";
import { useStart } from "../session/session.tsx";
import { repeatWhileVisible } from "../ui/repeat.ts";
import { listKeys } from "./keys-api.ts";

export type KeyFilter = KeyState | "all";

const PAGE_KEYS = 50;
/** The most that the server gives at once. A longer list is not refreshed under the reader: it would become shorter. */
const REFRESH_MOST_KEYS = 200;
const REFRESH_MS = 5_000;

export interface KeyListState {
	keys: Key[];
	nextCursor: string | null;
	/** The first answer is there: it is known whether there are keys at all. */
	ready: boolean;
	/** What is shown may be of another filter. */
	loading: boolean;
	loadingMore: boolean;
	error: ApiError | undefined;
	/** No key at all in this workspace, revoked ones included. */
	workspaceEmpty: boolean;
}

/** The keys of a workspace, a page at a time, and kept up to date. Rows keep their identity across refreshes. */
export function createKeyList(workspaceId: () => string, filter: () => KeyFilter, search: () => string) {
	const [state, setState] = createStore<KeyListState>({
		keys: [],
		nextCursor: null,
		ready: false,
		loading: true,
		loadingMore: false,
		error: undefined,
		workspaceEmpty: false,
	});
	const start = useStart();
	let attempt = new AbortController();
	/** Gives up on whatever is still being asked for. */
	const begin = () => {
		attempt.abort();
		attempt = new AbortController();
		return attempt.signal;
	};

	const query = () => ({
		state: filter() === "all" ? undefined : (filter() as KeyState),
		q: search().trim() === "" ? undefined : search().trim(),
	});

	const load = async (limit: number): Promise<void> => {
		const signal = begin();
		try {
			const page = await listKeys(workspaceId(), { ...query(), limit }, signal);
			const empty = page.keys.length === 0 && (await isEmpty(signal));
			if (signal.aborted) return;
			batch(() => {
				setState("keys", reconcile(page.keys, { key: "id" }));
				setState({ nextCursor: page.nextCursor, ready: true, loading: false, error: undefined, workspaceEmpty: empty });
			});
		} catch (error) {
			if (!signal.aborted) setState({ ready: true, loading: false, error: asApiError(error) });
		}
	};
	const isEmpty = async (signal: AbortSignal) => {
		const { state: wanted, q } = query();
		if (wanted === undefined && q === undefined) return true;
		return (await listKeys(workspaceId(), { limit: 1 }, signal)).keys.length === 0;
	};

	/** Asks again for what is shown, as far as the server gives it at once. */
	const refresh = () => load(Math.max(PAGE_KEYS, Math.min(REFRESH_MOST_KEYS, state.keys.length)));
	/** The same where nobody asked for it: nothing that is shown may go away because of it. */
	const refreshQuietly = async () => {
		if (!state.loadingMore && state.keys.length <= REFRESH_MOST_KEYS) await refresh();
	};
	const more = async () => {
		const cursor = state.nextCursor;
		if (cursor === null || state.loadingMore) return;
		const signal = begin();
		setState("loadingMore", true);
		try {
			const page = await listKeys(workspaceId(), { ...query(), cursor, limit: PAGE_KEYS }, signal);
			if (signal.aborted) return;
			setState({ keys: [...state.keys, ...page.keys], nextCursor: page.nextCursor, error: undefined });
		} catch (error) {
			if (!signal.aborted) setState("error", asApiError(error));
		} finally {
			setState("loadingMore", false);
		}
	};
	/** Shows a key that was made just now, in a list without a search. */
	const add = (key: Key) => {
		batch(() => {
			if (!state.keys.some((each) => each.id === key.id)) setState("keys", (keys) => [key, ...keys]);
			setState("workspaceEmpty", false);
		});
		void refreshQuietly();
	};
	/** Takes over one key as it is now; one that the filter no longer lets through goes away. */
	const update = (key: Key) => {
		if (filter() === "all" || filter() === key.state) setState("keys", (each) => each.id === key.id, key);
		else setState("keys", (keys) => keys.filter((each) => each.id !== key.id));
		void refreshQuietly();
	};

	createEffect(
		on([workspaceId, filter, search], () => {
			const first = filter() === "active" && search() === "" ? start.takeKeys(workspaceId()) : undefined;
			if (first?.counts) {
				const { active, revoked } = first.counts;
				setState({ keys: first.keys, nextCursor: first.nextCursor, ready: true, loading: false });
				setState("workspaceEmpty", active + revoked === 0);
				return;
			}
			setState("loading", true);
			void load(PAGE_KEYS);
		}),
	);
	onCleanup(() => attempt.abort());
	repeatWhileVisible(REFRESH_MS, refreshQuietly);
	useLive().onChanged(["keys"], () => void refreshQuietly());
	return { state, refresh, more, add, update };
}

export type KeyListStore = ReturnType<typeof createKeyList>;
