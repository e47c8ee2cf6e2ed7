import { batch, createEffect, createMemo, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

import type { Key, KeyList } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { useLive } from "../live/live.tsx";
import { useStart } from "../session/session.tsx";
import { currentHour } from "./current-hour.ts";
import { isUsual, type KeyView } from "./key-view.ts";
import { listKeys } from "./keys-api.ts";

const PAGE_KEYS = 50;
/** The most that the server gives at once. */
const MOST_KEYS_AT_ONCE = 200;
/** One change is often followed by others. */
const CHANGE_PAUSE_MS = 100;

export interface KeyListState {
	keys: Key[];
	nextCursor: string | null;
	/** In the whole workspace; undefined until they are known. */
	counts: { active: number; revoked: number } | undefined;
	/** The first answer is there: it is known whether there are keys at all. */
	ready: boolean;
	loading: boolean;
	/** What is shown is of another view than what was chosen, and no answer has come yet. */
	outdated: boolean;
	loadingMore: boolean;
	error: ApiError | undefined;
}

/** The keys of a workspace, a page at a time, and kept up to date. Rows keep their identity across refreshes. */
export function createKeyList(workspaceId: () => string, view: () => KeyView) {
	const [state, setState] = createStore<KeyListState>({
		keys: [],
		nextCursor: null,
		counts: undefined,
		ready: false,
		loading: true,
		outdated: false,
		loadingMore: false,
		error: undefined,
	});
	const start = useStart();
	let attempt = new AbortController();
	/** Gives up on whatever is still being asked for. */
	const begin = () => {
		attempt.abort();
		attempt = new AbortController();
		return attempt.signal;
	};

	const page = (limit: number, cursor: string | null, signal: AbortSignal) => {
		const { filter, search, sort, order } = view();
		const query = { q: search || undefined, state: filter === "all" ? undefined : filter, sort, order };
		return listKeys(workspaceId(), { ...query, limit, cursor: cursor ?? undefined, include: "counts" }, signal);
	};
	/** The first pages, until there are as many keys as wanted. */
	const pages = async (wanted: number, signal: AbortSignal): Promise<KeyList> => {
		const list = await page(Math.min(wanted, MOST_KEYS_AT_ONCE), null, signal);
		while (list.nextCursor !== null && list.keys.length < wanted) {
			const next = await page(Math.min(wanted - list.keys.length, MOST_KEYS_AT_ONCE), list.nextCursor, signal);
			append(list.keys, next.keys);
			list.nextCursor = next.nextCursor;
		}
		return list;
	};
	const show = ({ keys, nextCursor, counts }: KeyList) => {
		batch(() => {
			setState("keys", reconcile(keys, { key: "id" }));
			setState({
				nextCursor,
				ready: true,
				loading: false,
				outdated: false,
				error: undefined,
				...(counts && { counts }),
			});
		});
	};
	/** `unasked`: nobody waits for it. That the server does not answer is then said for the whole page already. */
	const load = async (wanted: number, unasked = false): Promise<void> => {
		const signal = begin();
		try {
			const list = await pages(wanted, signal);
			if (!signal.aborted) show(list);
		} catch (error) {
			const failure = asApiError(error);
			if (signal.aborted || (unasked && failure.kind === "offline")) return;
			if (unasked && failure.kind === "limited") {
				refreshSoon((failure.retryAfterSeconds ?? 1) * 1000);
				return;
			}
			setState({ ready: true, loading: false, error: failure });
		}
	};
	/** Asks again for all that is shown, in whole pages: a key that came on top pushes none out below. */
	const refresh = (unasked = false) => {
		const pagesShown = Math.max(1, Math.ceil(state.keys.length / PAGE_KEYS));
		return load(pagesShown * PAGE_KEYS, unasked);
	};

	let changePause: ReturnType<typeof setTimeout> | undefined;
	/** Asks again soon, where nobody is waiting for it: what somebody does is done first. */
	const refreshSoon = (pauseMs = CHANGE_PAUSE_MS) => {
		clearTimeout(changePause);
		changePause = setTimeout(() => {
			if (state.loadingMore || state.loading) refreshSoon();
			else void refresh(true);
		}, pauseMs);
	};
	const more = async () => {
		const cursor = state.nextCursor;
		if (cursor === null || state.loadingMore) return;
		const signal = begin();
		setState("loadingMore", true);
		try {
			const next = await page(PAGE_KEYS, cursor, signal);
			if (signal.aborted) return;
			const keys = [...state.keys];
			append(keys, next.keys);
			setState({ keys, nextCursor: next.nextCursor, error: undefined });
		} catch (error) {
			if (!signal.aborted) setState("error", asApiError(error));
		} finally {
			setState("loadingMore", false);
		}
	};
	/** Shows a key that was made just now on top of the list. */
	const add = (key: Key) => {
		if (state.keys.some((each) => each.id === key.id)) return;
		batch(() => {
			setState("keys", (keys) => [key, ...keys]);
			setState("counts", (counts) => counts && { ...counts, active: counts.active + 1 });
		});
		refreshSoon();
	};
	/** Takes over one key as it is now; one that the filter no longer lets through goes away. */
	const update = (key: Key) => {
		const { filter } = view();
		if (filter === "all" || filter === key.state) setState("keys", (each) => each.id === key.id, key);
		else setState("keys", (keys) => keys.filter((each) => each.id !== key.id));
		refreshSoon();
	};

	createEffect(
		on([createMemo(workspaceId), view], () => {
			const first = isUsual(view()) ? start.takeKeys(workspaceId()) : undefined;
			if (first) {
				show(first);
				return;
			}
			setState({ loading: true, outdated: true });
			void load(PAGE_KEYS);
		}),
	);
	// The day moves on, whether or not a key is used.
	createEffect(on(currentHour, () => refreshSoon(), { defer: true }));
	const live = useLive();
	live.onChanged(["keys"], () => refreshSoon());
	live.onUsed((uses) => {
		const byId = new Map(uses.map((use) => [use.id, use]));
		batch(() => {
			state.keys.forEach(({ id }, index) => {
				const use = byId.get(id);
				if (use) setState("keys", index, use);
			});
		});
	});
	onCleanup(() => {
		clearTimeout(changePause);
		attempt.abort();
	});
	return {
		state,
		/** No key at all in this workspace, revoked ones included. */
		isEmpty: () => state.counts !== undefined && state.counts.active + state.counts.revoked === 0,
		refresh,
		more,
		add,
		update,
	};
}

export type KeyListStore = ReturnType<typeof createKeyList>;

/** Between two pages a key may have moved from one to the other. */
function append(keys: Key[], next: Key[]): void {
	const known = new Set(keys.map(({ id }) => id));
	keys.push(...next.filter(({ id }) => !known.has(id)));
}
