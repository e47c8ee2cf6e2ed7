import type { StudioSeries } from "../../../shared/wire.ts";
import type { Storage } from "../../storage/storage.ts";
import type { CommitMarks } from "./commit-marks.ts";
import type { ServerHeaders } from "./game-server.ts";
import { createServerCounts } from "./server-counts.ts";
import { createStudioCounts } from "./studio-counts.ts";
import { addEntry, emptyEntry, hourOfMinute, minuteOf, type UsageEntry } from "./usage-entry.ts";
import { createUsageWriter } from "./usage-writer.ts";

const FLUSH_EVERY_MS = 2_000;

export interface UsageMeterOptions {
	storage: Pick<Storage, "read" | "write">;
	marks: CommitMarks;
	onError: (error: unknown) => void;
	/** So many keys and game servers. Default: 2,500. */
	maxCountedAtOnce?: number | undefined;
}

/** Counts requests in memory and flushes them every two seconds and on close. A crash loses at most two seconds. */
export function createUsageMeter(options: UsageMeterOptions) {
	const { storage, marks, onError, maxCountedAtOnce } = options;
	/** The current minute's entries by key id. Unwritten entries of earlier minutes are in `earlier`. */
	let pending = new Map<string, UsageEntry>();
	let earlier: UsageEntry[] = [];
	const studioCounts = createStudioCounts();
	const serverCounts = createServerCounts();
	const writeUsage = createUsageWriter({
		storage,
		keep: { entry: restore, fromStudio: studioCounts.add, fromServer: serverCounts.add },
		onError,
		maxCountedAtOnce,
	});
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
		const counted = { entries, fromStudio: studioCounts.take(), fromServers: serverCounts.take() };
		if (!(await writeUsage(counted, until))) return false;
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
