import { statSync } from "node:fs";

import type { Clock } from "../../clock.ts";
import { StorageError } from "../../errors/storage-error.ts";
import type { StoreFunction } from "../database.ts";
import { fromFailure } from "../failure.ts";
import { createScanQueue } from "../scan-queue.ts";
import { singleStatements } from "../single-statements.ts";
import { runStatement } from "../statement.store.ts";
import type { Metric, Priority, Storage } from "../storage.ts";
import { requireListed, type StoreList } from "../store-list.ts";
import { createTimekeeper, type StoredClock } from "../timekeeper.ts";
import { backUpBeforeUpdate } from "./backup/before-update.ts";
import { createCommitWatch } from "./commit-watch.ts";
import { createConnection } from "./connection.ts";
import { kyselyProps } from "./database.ts";
import { createDirectReads } from "./direct-reads.ts";
import { createFreshness } from "./freshness.ts";
import { createLookUps } from "./look-ups.ts";
import { inodeOf, openConnection, openDatabase } from "./open-database.ts";
import { type Channel, createThreads, type Threads } from "./thread.ts";
import { forgetUnusedTime } from "./unused-time.ts";

/** Reads never wait for a writer in WAL mode; this is for moments when the log is being reset. */
const BUSY_TIMEOUT_MS = 50;
/** 64 MB, of pages that are read: keys at random are all over the database. */
const CACHE_KIB = 64 * 1024;

export interface SqliteOptions {
	path: string;
	clock: Clock;
	stores: StoreList;
	/** Shared with other storages, and closed by their creator. Default: separate ones. */
	threads?: Threads | undefined;
	/** Rolls back each transaction once and runs it again, as PostgreSQL may have to. For tests. */
	runTwice?: boolean | undefined;
	/** RATE_LIMIT_SCALE. Default: 1. */
	limitScale?: number | undefined;
	/** Whether only writes with a reserve may go on. Default: never. */
	isDiskLow?: (() => boolean) | undefined;
	/** Told of files that other users of this machine could read. */
	warn?: ((text: string) => void) | undefined;
}

/**
 * The embedded engine. The calling thread has one read-only connection, for single rows and to detect commits; one
 * thread writes, and one scans.
 * @throws StorageError `unusable`
 */
export function openSqlite(options: SqliteOptions): Storage {
	const {
		path,
		clock,
		stores,
		threads: shared,
		runTwice = false,
		limitScale = 1,
		isDiskLow = () => false,
		warn,
	} = options;
	const migrated = openDatabase(path, undefined, warn, (version) => backUpBeforeUpdate(path, version, warn));
	const connection = openConnection(path, BUSY_TIMEOUT_MS, true);
	connection.pragma(`cache_size = -${CACHE_KIB}`);
	forgetUnusedTime(migrated, clock.now());
	migrated.close();
	const stored = connection
		.prepare<[], StoredClock>("SELECT latest, greatest_wall AS greatestWall FROM clock")
		.get() ?? { latest: 0, greatestWall: null };
	const timekeeper = createTimekeeper(clock, stored);
	const { now } = timekeeper;

	const threads = shared ?? createThreads(stores);
	const scans = createScanQueue();
	const file = { path, inode: inodeOf(path), runTwice, limitScale };
	const writer = threads.writer.connect(file, (isLong) => (isLong ? scans.pause() : scans.resume()));
	const reader = threads.reader.connect(file);
	const reads = createDirectReads(connection);
	const find = createLookUps(connection);
	const commits = createCommitWatch(connection);
	const underWay = new Set<Promise<unknown>>();
	let closed = false;

	/** The name by which the other threads know it. */
	function nameOf<Args, Result>(store: StoreFunction<Args, Result>): string {
		if (closed) throw closedError();
		requireListed(stores, store);
		return store.name;
	}

	async function ask<Result>(
		channel: Channel,
		store: string,
		args: unknown,
		how: { priority: Priority; asJson?: boolean },
	): Promise<Result> {
		const asked = channel.ask({ store, args, now: now(), ...how });
		underWay.add(asked);
		const outcome = await asked.finally(() => underWay.delete(asked));
		if ("failure" in outcome) throw fromFailure(outcome.failure);
		timekeeper.adopt(outcome.now);
		return ("json" in outcome ? outcome.json : outcome.result) as Result;
	}

	const storage: Storage = {
		async write(store, args, { priority = "normal", reserve = priority !== "normal" } = {}) {
			if (!reserve && isDiskLow()) throw new StorageError("disk_low", "The disk has less free space than the floor.");
			return ask(writer, nameOf(store), args, { priority });
		},
		async scan(store, args, options = {}) {
			nameOf(store);
			return scans.inTurn(options, () => ask(reader, nameOf(store), args, { priority: "normal" }));
		},
		async scanJson(store, args, options = {}) {
			nameOf(store);
			return scans.inTurn(options, () => ask(reader, nameOf(store), args, { priority: "normal", asJson: true }));
		},
		async read(store, args) {
			nameOf(store);
			return reads.one(store, args, now());
		},
		lookUp(lookUp, key) {
			if (closed) throw closedError();
			return find(lookUp, key);
		},
		// Each process sweeps in small steps, and finds nothing left by the others.
		isLeader: async () => true,
		onCommit: commits.listen,
		freshness: createFreshness(connection),
		statements: ({ translate }) =>
			singleStatements({
				props: kyselyProps(createConnection(connection)),
				read: (statement) => reads.many(runStatement, statement, now()),
				write: (statement) => storage.write(runStatement, statement, { reserve: true }),
				translate,
			}),
		now,
		timekeeper,
		metrics: fileMetrics(path),
		async close() {
			while (underWay.size > 0) await Promise.allSettled(underWay);
			closed = true;
			commits.close();
			await reader.close();
			connection.close();
			// Last: the last connection to close moves the log into the database.
			await writer.close();
			if (shared === undefined) await Promise.all([threads.writer.close(), threads.reader.close()]);
		},
	};
	return storage;
}

function closedError(): StorageError {
	return new StorageError("unavailable", "Storage is closed.");
}

function fileMetrics(path: string): Metric[] {
	const size = (file: string) => () => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
	return [
		{ kind: "gauge", name: "database_bytes", help: "Size of the database file.", read: size(path) },
		{
			kind: "gauge",
			name: "database_wal_bytes",
			help: "Size of the write-ahead log.",
			read: size(`${path}-wal`),
		},
	];
}
