import { setTimeout as sleep } from "node:timers/promises";

import type { Clock } from "../clock.ts";
import type { Thread } from "../thread.ts";
import {
	addEntry,
	emptyEntry,
	hourOf,
	hourOfMinute,
	minuteOf,
	type UsageBatch,
	type UsageEntry,
} from "./usage-entry.ts";

const FLUSH_EVERY_MS = 2_000;
/** Written in one transaction. */
const BATCH_ENTRIES = 2_000;
/** Between two of them, longer than a write on the main thread waits before it tries again. */
const PAUSE_MS = 20;

/** `background.ts`, seen from here: resolves once a batch is durable. */
export type Writer = Pick<Thread<UsageBatch, unknown>, "ask">;

/**
 * Counts requests in memory; a worker thread with a connection of its own writes them every two seconds and at the end.
 * A crash loses at most those two seconds of counts.
 */
export function createUsageMeter(writer: Writer, clock: Clock, onError: (error: unknown) => void) {
	/** By key id: this minute's entry. What the minute before left unwritten waits in `earlier`. */
	let pending = new Map<string, UsageEntry>();
	let earlier: UsageEntry[] = [];
	let flushing: Promise<void> | undefined;
	let tidiedHour: number | undefined;
	let turning: Promise<void> = Promise.resolve();
	const timer = setInterval(() => {
		turning = turn();
	}, FLUSH_EVERY_MS).unref();

	function entryOf(keyId: string, now: number): UsageEntry {
		const minute = minuteOf(now);
		let entry = pending.get(keyId);
		if (entry?.minute !== minute) {
			if (entry !== undefined) earlier.push(entry);
			entry = emptyEntry(keyId, minute);
			pending.set(keyId, entry);
		}
		return entry;
	}

	function record(keyId: string, now: number, fromGameServer: boolean): void {
		const entry = entryOf(keyId, now);
		entry.accepted += 1;
		entry.lastUsedAt = now;
		if (!fromGameServer) return;
		entry.firstServerAt ??= now;
		entry.lastServerAt = now;
	}

	/** A revoked key was presented. */
	function recordRefused(keyId: string, now: number): void {
		const entry = entryOf(keyId, now);
		entry.refused += 1;
		entry.lastRefusedAt = now;
	}

	/** The last game server request that this process has seen and not yet written. */
	function pendingServerAt(keyId: string): number | null {
		return pending.get(keyId)?.lastServerAt ?? null;
	}

	/** The worker clears away what is too old whenever it writes; where nothing is used, once an hour. */
	async function turn(): Promise<void> {
		const hour = hourOf(clock.now());
		const nothing = pending.size === 0 && earlier.length === 0;
		if (nothing && hour !== tidiedHour) await writer.ask(() => ({ entries: [], now: clock.now() })).catch(onError);
		tidiedHour = hour;
		await flush();
	}

	async function flush(): Promise<void> {
		while (flushing !== undefined) await flushing;
		if (pending.size === 0 && earlier.length === 0) return;
		const entries = [...earlier, ...pending.values()];
		pending = new Map();
		earlier = [];
		flushing = writeAll(entries);
		await flushing;
		flushing = undefined;
	}

	async function writeAll(entries: UsageEntry[]): Promise<void> {
		for (let written = 0; written < entries.length; written += BATCH_ENTRIES) {
			if (written > 0) await sleep(PAUSE_MS);
			try {
				const batch = entries.slice(written, written + BATCH_ENTRIES);
				await writer.ask(() => ({ entries: batch, now: clock.now() }));
			} catch (error) {
				entries.slice(written).forEach(restore);
				onError(error);
				return;
			}
		}
	}

	/** Back into memory, added up by the hour, so that a database that stays locked for long fills no memory. */
	function restore(entry: UsageEntry): void {
		const newer = pending.get(entry.keyId);
		if (newer === undefined) pending.set(entry.keyId, entry);
		else if (hourOfMinute(newer.minute) === hourOfMinute(entry.minute)) addEntry(newer, entry);
		else earlier.push(entry);
	}

	return {
		record,
		recordRefused,
		pendingServerAt,
		flush,
		async close(): Promise<void> {
			clearInterval(timer);
			await turning;
			await flush();
		},
	};
}

export type UsageMeter = ReturnType<typeof createUsageMeter>;
