import { createEffect, createSignal, on, onCleanup } from "solid-js";

import type { ActivityEntry, Key, KeyUse } from "../../../shared/wire.ts";
import { listActivity } from "../activity/activity-api.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { fetchKey } from "../keys/key-details-api.ts";
import { useLive } from "../live/live.tsx";
import { pollWhileVisible } from "../ui/poll.ts";
import { throttle } from "../ui/throttle.ts";
import { fetchUsage } from "./key-page-api.ts";

/** In addition to live events: the end of an hour triggers none. */
const REFRESH_MS = 60_000;
/** A server that crashed says nothing: that it is gone shows only with time. */
const SERVERS_REFRESH_MS = 10_000;
const SERVERS_PAUSE_MS = 1_000;
const ENTRIES_SHOWN = 20;

/** One of the page's three requests. The last value stays while a retry fails. */
export interface Part<T> {
	value?: T;
	error?: ApiError;
}

export interface KeyHistory {
	entries: ActivityEntry[];
	/** Whether there are older ones. */
	more: boolean;
}

/** The data of a key's page, kept up to date. */
export function createKeyPage(workspaceId: () => string, keyId: () => string) {
	const details = createPart((signal) => fetchKey(workspaceId(), keyId(), signal));
	const usage = createPart((signal) => fetchUsage(workspaceId(), keyId(), signal));
	const history = createPart((signal) => fetchHistory(workspaceId(), keyId(), signal));
	const live = useLive();

	const reloadServers = throttle(SERVERS_PAUSE_MS, () => void details.load());
	const refresh = async () => {
		await Promise.all([details.load(), usage.load(), history.load()]);
	};
	const applyUse = (used: KeyUse[]) => {
		const shown = details.part().value;
		if (shown === undefined) return;
		const useOf = ({ id }: Key) => used.find((use) => use.id === id);
		const now = (key: Key | null) => key && { ...key, ...useOf(key) };
		const { key, replaces, replacement } = shown;
		details.change({
			...shown,
			key: { ...key, ...useOf(key) },
			replaces: now(replaces),
			replacement: now(replacement),
		});
		const isCounted = (each: Key | null) => each && (useOf(each)?.liveServers ?? each.liveServers) !== each.liveServers;
		if ([key, replacement].some(isCounted)) reloadServers();
		if (useOf(key)) void usage.load();
	};

	createEffect(
		on([workspaceId, keyId], () => {
			for (const part of [details, usage, history]) part.clear();
			void refresh();
		}),
	);
	live.onChanged(["keys", "activity"], () => void refresh());
	live.onUsed(applyUse);
	pollWhileVisible(REFRESH_MS, refresh);
	pollWhileVisible(SERVERS_REFRESH_MS, details.load);
	return { details: details.part, usage: usage.part, history: history.part, refresh };
}

export type KeyPageState = ReturnType<typeof createKeyPage>;

function createPart<T>(fetch: (signal: AbortSignal) => Promise<T>) {
	const [part, setPart] = createSignal<Part<T>>({}, { equals: (one, other) => isSame(one, other) });
	let attempt = new AbortController();
	let pending = Promise.resolve();
	onCleanup(() => attempt.abort());

	const fetchOnce = async (signal: AbortSignal) => {
		try {
			const value = await fetch(signal);
			if (!signal.aborted) setPart({ value });
		} catch (error) {
			if (!signal.aborted) setPart((before) => ({ ...before, error: asApiError(error) }));
		}
	};
	/** Resolves once the latest request is done, even if another caller made it. */
	const load = async () => {
		attempt.abort();
		attempt = new AbortController();
		pending = fetchOnce(attempt.signal);
		let last;
		do {
			last = pending;
			await last;
		} while (last !== pending);
	};
	return { part, load, clear: () => setPart({}), change: (value: T) => setPart((before) => ({ ...before, value })) };
}

/** Unchanged responses must not re-render the page. */
function isSame<T>(one: Part<T>, other: Part<T>): boolean {
	return one.error === other.error && JSON.stringify(one.value) === JSON.stringify(other.value);
}

async function fetchHistory(workspaceId: string, key: string, signal: AbortSignal): Promise<KeyHistory> {
	const { entries, nextCursor } = await listActivity(workspaceId, { key, limit: ENTRIES_SHOWN }, signal);
	return { entries, more: nextCursor !== null };
}
