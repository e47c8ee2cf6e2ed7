import type { StudioSeries } from "../../../shared/wire.ts";
import type { Storage } from "../../storage/storage.ts";
import { createBatches } from "./batches.ts";
import type { CommitMarks } from "./commit-marks.ts";
import type { ServerHeaders } from "./game-server.ts";
import { createServerCounts } from "./server-counts.ts";
import type { ServerUse } from "./server-use.ts";
import { addServerUses } from "./server-uses.store.ts";
import { createStudioCounts, type StudioEntry } from "./studio-counts.ts";
import { addStudioUsage } from "./studio-usage.store.ts";
import { addUsage } from "./usage.store.ts";
import { addEntry, emptyEntry, hourOfMinute, minuteOf, type UsageEntry } from "./usage-entry.ts";

const FLUSH_EVERY_MS = 2_000;
const ADDITIVE = { priority: "low", additive: true } as const;

export interface UsageMeterOptions {
	storage: Pick<Storage, "write">;
	marks: CommitMarks;
	onError: (error: unknown) => void;
}

/** Counts requests in memory and flushes them every two seconds and on close. A crash loses at most two seconds. */
export function createUsageMeter({ storage: { write }, marks, onError }: UsageMeterOptions) {
	/** The current minute's entries by key id. Unwritten entries of earlier minutes are in `earlier`. */
	let pending = new Map<string, UsageEntry>();
	let earlier: UsageEntry[] = [];
	const studioCounts = createStudioCounts();
	const serverCounts = createServerCounts();
	const games = createBatches<UsageEntry>((batch) => write(addUsage, batch, ADDITIVE), onError);
	const studio = createBatches<StudioEntry>((batch) => write(addStudioUsage, batch, ADDITIVE), onError);
	const servers = createBatches<ServerUse>((batch) => write(addServerUses, batch, ADDITIVE), onError);
	/** Resolves to true if everything was written. */
	let flushing: Promise<boolean> | undefined;
	const timer = setInterval(() => {
		// Do not queue up flushes behind one that waits for a lock.
		if (flushing === undefined) void flush();
	}, FLUSH_EVERY_MS).unref();

	// Registers this process.
	void flush();

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

	/**
	 * Records a game's request. True if it came from a game server.
	 * @param said null: not the game's own request
	 */
	function record(keyId: string, now: number, said: ServerHeaders | null): boolean {
		marks.alive(now);
		const entry = entryOf(keyId, now);
		entry.accepted += 1;
		entry.lastUsedAt = now;
		if (said === null || !serverCounts.record(keyId, now, said)) {
			entry.lastWithoutServerAt = now;
			return false;
		}
		entry.firstServerAt ??= now;
		entry.lastServerAt = now;
		entry.fromServers += 1;
		return true;
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
		flushing = writeAll();
		const isWritten = await flushing;
		flushing = undefined;
		return isWritten;
	}

	/** In this order, so that a mark means that all before it is written. */
	async function writeAll(): Promise<boolean> {
		const until = marks.take();
		const entries = [...earlier, ...pending.values()];
		pending = new Map();
		earlier = [];
		const fromStudio = studioCounts.take();
		const fromServers = serverCounts.take();
		let isWritten = await games.write(entries, restore);
		if (isWritten) isWritten = await studio.write(fromStudio, studioCounts.add);
		else fromStudio.forEach(studioCounts.add);
		if (isWritten) isWritten = await servers.write(fromServers, serverCounts.add);
		else fromServers.forEach(serverCounts.add);
		if (!isWritten) return false;
		try {
			await marks.written(until);
		} catch (error) {
			onError(error);
		}
		return true;
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
		/** Records that a game server is about to close, which is no use. */
		recordGoodbye: serverCounts.goodbye,
		flush,
		async close(): Promise<void> {
			clearInterval(timer);
			// If the flush in progress fails, another attempt would only delay the shutdown.
			if ((await flushing) === false || !(await flush())) return;
			await marks.leave().catch(onError);
		},
	};
}

export type UsageMeter = ReturnType<typeof createUsageMeter>;
