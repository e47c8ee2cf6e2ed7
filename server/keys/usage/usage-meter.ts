import type { StudioSeries } from "../../../shared/wire.ts";
import type { Storage } from "../../storage/storage.ts";
import { createBatches } from "./batches.ts";
import { createStudioCounts, type StudioEntry } from "./studio-counts.ts";
import { addStudioUsage } from "./studio-usage.store.ts";
import { addUsage } from "./usage.store.ts";
import { addEntry, emptyEntry, hourOfMinute, minuteOf, type UsageEntry } from "./usage-entry.ts";

const FLUSH_EVERY_MS = 2_000;
const ADDITIVE = { priority: "low", additive: true } as const;

/** Counts requests in memory and flushes them every two seconds and on close. A crash loses at most two seconds. */
export function createUsageMeter({ write }: Pick<Storage, "write">, onError: (error: unknown) => void) {
	/** The current minute's entries by key id. Unwritten entries of earlier minutes are in `earlier`. */
	let pending = new Map<string, UsageEntry>();
	let earlier: UsageEntry[] = [];
	const studioCounts = createStudioCounts();
	const games = createBatches<UsageEntry>((batch) => write(addUsage, batch, ADDITIVE), onError);
	const studio = createBatches<StudioEntry>((batch) => write(addStudioUsage, batch, ADDITIVE), onError);
	/** Resolves to true if everything was written. */
	let flushing: Promise<boolean> | undefined;
	const timer = setInterval(() => {
		// Do not queue up flushes behind one that waits for a lock.
		if (flushing === undefined) void flush();
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

	/** Records a game's request. */
	function record(keyId: string, now: number, fromGameServer: boolean): void {
		const entry = entryOf(keyId, now);
		entry.accepted += 1;
		entry.lastUsedAt = now;
		if (!fromGameServer) return;
		entry.firstServerAt ??= now;
		entry.lastServerAt = now;
	}

	function recordFromStudio(keyId: string, now: number, series: StudioSeries): void {
		studioCounts.record(keyId, now, series);
	}

	/** Records a request with a revoked key, from anywhere. */
	function recordRefused(keyId: string, now: number): void {
		const entry = entryOf(keyId, now);
		entry.refused += 1;
		entry.lastRefusedAt = now;
	}

	async function flush(): Promise<boolean> {
		while (flushing !== undefined) await flushing;
		const fromStudio = studioCounts.take();
		const isSettled = games.isSettled() && studio.isSettled();
		if (pending.size === 0 && earlier.length === 0 && fromStudio.length === 0 && isSettled) return true;
		const entries = [...earlier, ...pending.values()];
		pending = new Map();
		earlier = [];
		flushing = writeAll(entries, fromStudio);
		const isWritten = await flushing;
		flushing = undefined;
		return isWritten;
	}

	async function writeAll(entries: UsageEntry[], fromStudio: StudioEntry[]): Promise<boolean> {
		const isWritten = await games.write(entries, restore);
		if (isWritten) return studio.write(fromStudio, (entry) => studioCounts.add(entry));
		for (const entry of fromStudio) studioCounts.add(entry);
		return false;
	}

	/** Returns an entry to memory, merged by hour, so that a long lock does not use up memory. */
	function restore(entry: UsageEntry): void {
		const newer = pending.get(entry.keyId);
		if (newer === undefined) pending.set(entry.keyId, entry);
		else if (hourOfMinute(newer.minute) === hourOfMinute(entry.minute)) addEntry(newer, entry);
		else earlier.push(entry);
	}

	return {
		record,
		recordFromStudio,
		recordRefused,
		flush,
		async close(): Promise<void> {
			clearInterval(timer);
			// If the flush in progress fails, another attempt would only delay the shutdown.
			if ((await flushing) !== false) await flush();
		},
	};
}

export type UsageMeter = ReturnType<typeof createUsageMeter>;
