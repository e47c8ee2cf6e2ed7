import type { StudioSeries } from "../../../shared/wire.ts";
import type { Storage } from "../../storage/storage.ts";
import { createBatches } from "./batches.ts";
import type { CommitMarks } from "./commit-marks.ts";
import type { ServerHeaders } from "./game-server.ts";
import { bySlot, encodeUses, type LoggedUses } from "./logged-uses.ts";
import { createServerCounts } from "./server-counts.ts";
import type { ServerUse } from "./server-use.ts";
import { addServerUses } from "./server-uses.store.ts";
import { createStudioCounts, type StudioEntry } from "./studio-counts.ts";
import { addStudioUsage } from "./studio-usage.store.ts";
import { addUsage } from "./usage.store.ts";
import { addEntry, emptyEntry, hourOfMinute, minuteOf, type UsageEntry } from "./usage-entry.ts";
import { countUsesOf, hasLoggedUses, logUses, type UsesRow } from "./usage-log.store.ts";

const FLUSH_EVERY_MS = 2_000;
/** Counting more keys and servers at once would take most of the time: they are logged, and counted little by little. */
const MAX_COUNTED_AT_ONCE = 2_000;
/** Per transaction: 10 to 20 ms. */
const KEYS_PER_BATCH = 250;
const LOGGED_SLOTS_PER_BATCH = 32;
const ADDITIVE = { priority: "low", additive: true } as const;

export interface UsageMeterOptions {
	storage: Pick<Storage, "read" | "write">;
	marks: CommitMarks;
	onError: (error: unknown) => void;
	/** So many keys and game servers. Default: 2,000. */
	maxCountedAtOnce?: number | undefined;
}

/** Counts requests in memory and flushes them every two seconds and on close. A crash loses at most two seconds. */
export function createUsageMeter(options: UsageMeterOptions) {
	const { storage, marks, onError, maxCountedAtOnce = MAX_COUNTED_AT_ONCE } = options;
	const { write } = storage;
	/** The current minute's entries by key id. Unwritten entries of earlier minutes are in `earlier`. */
	let pending = new Map<string, UsageEntry>();
	let earlier: UsageEntry[] = [];
	const studioCounts = createStudioCounts();
	const serverCounts = createServerCounts();
	const size = KEYS_PER_BATCH;
	const games = createBatches<UsageEntry>({ size, write: (batch) => write(addUsage, batch, ADDITIVE), onError });
	const studio = createBatches<StudioEntry>({
		size,
		write: (batch) => write(addStudioUsage, batch, ADDITIVE),
		onError,
	});
	const servers = createBatches<ServerUse>({ size, write: (batch) => write(addServerUses, batch, ADDITIVE), onError });
	const logged = createBatches<LoggedUses>({
		size: LOGGED_SLOTS_PER_BATCH,
		write: ({ batch, entries }) => write(logUses, { batch, rows: entries.map(toRow) }, ADDITIVE),
		onError,
	});
	/** All counted before is written. */
	let writtenTo = 0;
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
		let entries = [...earlier, ...pending.values()];
		pending = new Map();
		earlier = [];
		const fromStudio = studioCounts.take();
		let fromServers = serverCounts.take();
		let toLog: LoggedUses[] = [];
		if (entries.length + fromServers.length > maxCountedAtOnce) {
			toLog = bySlot(entries, fromServers, writtenTo);
			[entries, fromServers] = [[], []];
		}
		let isWritten = await logged.write(toLog, ({ entries: own, servers: ownServers }) => {
			own.forEach(restore);
			ownServers.forEach(serverCounts.add);
		});
		if (isWritten) isWritten = await games.write(entries.sort(byKey), restore);
		else entries.forEach(restore);
		if (isWritten) isWritten = await studio.write(fromStudio, studioCounts.add);
		else fromStudio.forEach(studioCounts.add);
		if (isWritten) isWritten = await servers.write(fromServers.sort(byKey), serverCounts.add);
		else fromServers.forEach(serverCounts.add);
		if (!isWritten) return false;
		writtenTo = until;
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
		/** Counts uses of a key that are logged. Call before its counts are read for someone who looks only at that key. */
		async countLogged(keyId: string): Promise<void> {
			if (!(await storage.read(hasLoggedUses, { keyId }))) return;
			// They are counted in any case, at the latest when there is space on the disk again.
			await write(countUsesOf, { keyId }).catch(onError);
		},
		async close(): Promise<void> {
			clearInterval(timer);
			// If the flush in progress fails, another attempt would only delay the shutdown.
			if ((await flushing) === false || !(await flush())) return;
			await marks.leave().catch(onError);
		},
	};
}

/** Those of neighbouring keys are written to the same pages. */
function byKey({ keyId: one }: { keyId: string }, { keyId: other }: { keyId: string }): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}

function toRow(logged: LoggedUses): UsesRow {
	return { slot: logged.slot, since: logged.since, uses: encodeUses(logged) };
}

export type UsageMeter = ReturnType<typeof createUsageMeter>;
