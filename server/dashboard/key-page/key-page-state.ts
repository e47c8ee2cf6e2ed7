import { createEffect, createSignal, on, onCleanup } from "solid-js";

import type { ActivityEntry } from "../../../shared/wire.ts";
import { listActivity } from "../activity/activity-api.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { repeatWhileVisible } from "../ui/repeat.ts";
import { fetchKey, fetchUsage } from "./key-page-api.ts";

const REFRESH_MS = 3_000;
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
	const parts = [details, usage, history];
	let attempt = new AbortController();

	const refresh = async () => {
		attempt.abort();
		attempt = new AbortController();
		const { signal } = attempt;
		await Promise.all(parts.map((part) => part.load(signal)));
	};

	createEffect(
		on([workspaceId, keyId], () => {
			for (const part of parts) part.clear();
			void refresh();
		}),
	);
	onCleanup(() => attempt.abort());
	repeatWhileVisible(REFRESH_MS, refresh);
	return { details: details.part, usage: usage.part, history: history.part, refresh };
}

export type KeyPageState = ReturnType<typeof createKeyPage>;

function createPart<T>(ask: (signal: AbortSignal) => Promise<T>) {
	const [part, setPart] = createSignal<Part<T>>({}, { equals: (one, other) => isSame(one, other) });
	const load = async (signal: AbortSignal) => {
		try {
			const value = await ask(signal);
			if (!signal.aborted) setPart({ value });
		} catch (error) {
			if (!signal.aborted) setPart((before) => ({ ...before, error: asApiError(error) }));
		}
	};
	return { part, load, clear: () => setPart({}) };
}

/** An answer like the one before changes nothing on the page. */
function isSame<T>(one: Part<T>, other: Part<T>): boolean {
	return one.error === other.error && JSON.stringify(one.value) === JSON.stringify(other.value);
}

async function fetchHistory(workspaceId: string, key: string, signal: AbortSignal): Promise<KeyHistory> {
	const { entries, nextCursor } = await listActivity(workspaceId, { key, limit: ENTRIES_SHOWN }, signal);
	return { entries, more: nextCursor !== null };
}
