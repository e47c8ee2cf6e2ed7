import { createEffect, createSignal, on, onCleanup } from "solid-js";

import type { ActivityEntry, Key, KeyUse } from "../../../shared/wire.ts";
import { listActivity } from "../activity/activity-api.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { useLive } from "../live/live.tsx";
import { repeatWhileVisible } from "../ui/repeat.ts";
import { fetchKey, fetchUsage } from "./key-page-api.ts";

/** Besides what is heard live: an hour that ends is no event. */
const REFRESH_MS = 60_000;
const ENTRIES_SHOWN = 20;

/** One of the page's three answers. What came last stays while a later try fails. */
export interface Part<T> {
	value?: T;
	error?: ApiError;
}

export interface KeyHistory {
	entries: ActivityEntry[];
	/** Older ones than these. */
	more: boolean;
}

/** Everything that a key's page shows, kept up to date. */
export function createKeyPage(workspaceId: () => string, keyId: () => string) {
	const details = createPart((signal) => fetchKey(workspaceId(), keyId(), signal));
	const usage = createPart((signal) => fetchUsage(workspaceId(), keyId(), signal));
	const history = createPart((signal) => fetchHistory(workspaceId(), keyId(), signal));
	const live = useLive();

	const refresh = async () => {
		await Promise.all([details.load(), usage.load(), history.load()]);
	};
	const takeOver = (used: KeyUse[]) => {
		const shown = details.part().value;
		if (shown === undefined) return;
		const now = (key: Key | null) => key && { ...key, ...used.find(({ id }) => id === key.id) };
		details.change({
			key: { ...shown.key, ...now(shown.key) },
			replaces: now(shown.replaces),
			replacement: now(shown.replacement),
		});
		if (used.some(({ id }) => id === shown.key.id)) void usage.load();
	};

	createEffect(
		on([workspaceId, keyId], () => {
			for (const part of [details, usage, history]) part.clear();
			void refresh();
		}),
	);
	live.onChanged(["keys", "activity"], () => void refresh());
	live.onUsed(takeOver);
	repeatWhileVisible(REFRESH_MS, refresh);
	return { details: details.part, usage: usage.part, history: history.part, refresh };
}

export type KeyPageState = ReturnType<typeof createKeyPage>;

function createPart<T>(ask: (signal: AbortSignal) => Promise<T>) {
	const [part, setPart] = createSignal<Part<T>>({}, { equals: (one, other) => isSame(one, other) });
	let attempt = new AbortController();
	let asking = Promise.resolve();
	onCleanup(() => attempt.abort());

	const askOnce = async (signal: AbortSignal) => {
		try {
			const value = await ask(signal);
			if (!signal.aborted) setPart({ value });
		} catch (error) {
			if (!signal.aborted) setPart((before) => ({ ...before, error: asApiError(error) }));
		}
	};
	/** Resolves once the newest answer is there, whoever asked for it meanwhile. */
	const load = async () => {
		attempt.abort();
		attempt = new AbortController();
		asking = askOnce(attempt.signal);
		let last;
		do {
			last = asking;
			await last;
		} while (last !== asking);
	};
	return { part, load, clear: () => setPart({}), change: (value: T) => setPart((before) => ({ ...before, value })) };
}

/** An answer like the one before changes nothing on the page. */
function isSame<T>(one: Part<T>, other: Part<T>): boolean {
	return one.error === other.error && JSON.stringify(one.value) === JSON.stringify(other.value);
}

async function fetchHistory(workspaceId: string, key: string, signal: AbortSignal): Promise<KeyHistory> {
	const { entries, nextCursor } = await listActivity(workspaceId, { key, limit: ENTRIES_SHOWN }, signal);
	return { entries, more: nextCursor !== null };
}
