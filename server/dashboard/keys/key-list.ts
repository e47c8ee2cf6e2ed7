import { batch, createEffect, createMemo, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

import type { Key, KeyList } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { useLive } from "../live/live.tsx";
import { useStart } from "../session/session.tsx";
import { now } from "../ui/clock.ts";
import { currentHour } from "./current-hour.ts";
import { isDefaultView, type KeyView } from "./key-view.ts";
import { listKeys } from "./keys-api.ts";

const PAGE_KEYS = 50;
/** The server's page limit. */
const MAX_PAGE_KEYS = 200;
/** Changes often come in bursts. */
const CHANGE_PAUSE_MS = 100;
const MINUTE_MS = 60_000;
/** After a refresh in the background that failed. */
const RETRY_SECONDS = 2;

export interface KeyListState {
	keys: Key[];
	nextCursor: string | null;
	/** For the whole workspace; undefined until known. */
	counts: { active: number; revoked: number } | undefined;
	/** The first response has arrived, or failed: it is known whether there are keys at all. */
	ready: boolean;
	loading: boolean;
	/** The list still shows another view than the chosen one. */
	outdated: boolean;
	loadingMore: boolean;
	error: ApiError | undefined;
}

/** A workspace's keys, paged and kept up to date. Rows keep their identity across refreshes. */
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
	/** Aborts the request in flight, if any. */
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
	/** Loads pages until there are `wanted` keys. */
	const pages = async (wanted: number, signal: AbortSignal): Promise<KeyList> => {
		const list = await page(Math.min(wanted, MAX_PAGE_KEYS), null, signal);
		while (list.nextCursor !== null && list.keys.length < wanted) {
			const next = await page(Math.min(wanted - list.keys.length, MAX_PAGE_KEYS), list.nextCursor, signal);
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
	/** `background`: not requested by the user. Then it is repeated, and being offline is left to the page's banner. */
	const load = async (wanted: number, background = false): Promise<void> => {
		const signal = begin();
		try {
			const list = await pages(wanted, signal);
			if (!signal.aborted) show(list);
		} catch (error) {
			const failure = asApiError(error);
			if (signal.aborted) return;
			// What changed would otherwise be seen only with the next change.
			if (background && (failure.kind === "offline" || failure.kind === "limited")) {
				refreshSoon((failure.retryAfterSeconds ?? RETRY_SECONDS) * 1000);
				return;
			}
			setState({ ready: true, loading: false, error: failure });
		}
	};
	/** Reloads everything shown, in whole pages, so that a new key on top pushes none out at the bottom. */
	const refresh = (background = false) => {
		const pagesShown = Math.max(1, Math.ceil(state.keys.length / PAGE_KEYS));
		return load(pagesShown * PAGE_KEYS, background);
	};

	let changePause: ReturnType<typeof setTimeout> | undefined;
	/** Refreshes in the background, after the user's own requests. */
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
	/** Puts a new key on top of the list. */
	const add = (key: Key) => {
		if (state.keys.some((each) => each.id === key.id)) return;
		batch(() => {
			setState("keys", (keys) => [key, ...keys]);
			setState("counts", (counts) => counts && { ...counts, active: counts.active + 1 });
		});
		refreshSoon();
	};
	/** Updates one key, or removes it if the filter excludes it now. */
	const update = (key: Key) => {
		const { filter } = view();
		if (filter === "all" || filter === key.state) setState("keys", (each) => each.id === key.id, key);
		else setState("keys", (keys) => keys.filter((each) => each.id !== key.id));
		refreshSoon();
	};

	createEffect(
		on([createMemo(workspaceId), view], () => {
			const first = isDefaultView(view()) ? start.takeKeys(workspaceId()) : undefined;
			if (first) {
				show(first);
				return;
			}
			setState({ loading: true, outdated: true });
			void load(PAGE_KEYS);
		}),
	);
	// The last 24 hours move on even if no key is used.
	createEffect(on(currentHour, () => refreshSoon(), { defer: true }));
	// Nor is it an event that a server is not heard from any more.
	const minute = createMemo(() => Math.floor(now() / MINUTE_MS));
	const isClosing = ({ replacedBy, liveServers }: Key) => replacedBy && liveServers;
	createEffect(on(minute, () => state.keys.some(isClosing) && refreshSoon(), { defer: true }));
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
		/** Whether the workspace has no keys, revoked ones included. */
		isEmpty: () => state.counts !== undefined && state.counts.active + state.counts.revoked === 0,
		refresh,
		more,
		add,
		update,
	};
}

export type KeyListStore = ReturnType<typeof createKeyList>;

/** A key may have moved between the two pages. */
function append(keys: Key[], next: Key[]): void {
	const known = new Set(keys.map(({ id }) => id));
	keys.push(...next.filter(({ id }) => !known.has(id)));
}
