import type { Clock } from "../../clock.ts";
import { StorageError } from "../../errors/storage-error.ts";
import { readClock } from "../clock.store.ts";
import type { StoreFunction } from "../database.ts";
import { createScanQueue } from "../scan-queue.ts";
import { singleStatements } from "../single-statements.ts";
import { runStatement } from "../statement.store.ts";
import type { ScanOptions, Storage, WriteOptions } from "../storage.ts";
import { requireListed, type StoreList } from "../store-list.ts";
import { createTimekeeper } from "../timekeeper.ts";
import { createCommitWatch } from "./commit-watch.ts";
import { openConnections } from "./connections.ts";
import { kyselyProps, queriesOn } from "./database.ts";
import { createFreshness } from "./freshness.ts";
import { createLeadership } from "./leadership.ts";
import { createOutcomes } from "./outcomes.ts";
import { patiently } from "./patiently.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { createReads, createScans } from "./reader.ts";
import type { SharedSetting } from "./shared-settings.ts";
import { createTally, metricsOf } from "./tally.ts";
import { forgetUnusedTime } from "./unused-time.ts";
import { createKeeper, type Keeper } from "./withdrawals/keeper.ts";
import { createWriter } from "./writer.ts";

export interface PostgresOptions {
	/** DATABASE_URL. */
	url: string;
	clock: Clock;
	stores: StoreList;
	/** Runs each transaction, rolls it back, and runs it again. For tests. */
	runTwice?: boolean | undefined;
	/** RATE_LIMIT_SCALE. Default: 1. */
	limitScale?: number | undefined;
	/** Where withdrawals are kept as well; undefined: nowhere. */
	withdrawalsFile?: string | undefined;
	/** Whether this process appends to that file. Default: yes. */
	leads?: (() => boolean) | undefined;
	/** What all servers on the database must have the same. */
	shared?: readonly SharedSetting[] | undefined;
	warn?: ((text: string) => void) | undefined;
	/** Told that the database is not there yet. */
	say?: ((line: string) => void) | undefined;
	/** How long the start waits for PostgreSQL, and for each of its connections. */
	waitMs?: number | undefined;
}

/**
 * PostgreSQL, for servers on any number of machines. Checks, reads, scans and writes have a connection each.
 * @throws StorageError `unusable`
 */
export async function openPostgres(options: PostgresOptions): Promise<Storage> {
	const {
		url,
		clock,
		stores,
		runTwice = false,
		limitScale = 1,
		withdrawalsFile,
		leads = () => true,
		shared = [],
		warn = () => undefined,
		say,
		waitMs,
	} = options;
	await prepareDatabase(url, { say, waitMs });
	const commits = createCommitWatch();
	const connections = await openConnections({ url, commits, shared, warn, waitMs });
	const tally = createTally();
	const reads = createReads(connections.reads);
	const freshness = createFreshness(connections.checks, tally);
	const latest = await patiently(async () => {
		await forgetUnusedTime(connections.writes.session(), clock.now());
		await freshness.check();
		return reads.many(readClock, undefined, 0);
	}, waitMs).catch(async (error: unknown) => {
		await connections.close();
		throw error;
	});
	const timekeeper = createTimekeeper(clock, latest);
	const { now } = timekeeper;
	const scan = createScans(connections.scans);
	const queue = createScanQueue();
	const outcomes = createOutcomes(connections.outcomes, tally);
	const how = { outcomes, tally, limitScale, runTwice };
	const writer = createWriter({ connection: connections.writes, inTurn: true, ...how });
	const counts = createWriter({ connection: connections.counts, inTurn: false, ...how });
	let keeper: Keeper | undefined;
	if (withdrawalsFile !== undefined) {
		try {
			keeper = await createKeeper({ connection: connections.outcomes, path: withdrawalsFile, leads, warn });
		} catch (error) {
			await connections.close();
			throw error;
		}
		commits.listen(keeper.keep);
		keeper.keep();
	}
	const encoder = new TextEncoder();
	const underWay = new Set<Promise<unknown>>();
	let closed = false;

	function requireUsable(store: { name: string }): void {
		if (closed) throw closedError();
		requireListed(stores, store);
	}

	async function scanInTurn<Args, Result>(
		store: StoreFunction<Args, Result>,
		args: Args,
		scanOptions: ScanOptions = {},
	): Promise<Result> {
		requireUsable(store);
		return track(queue.inTurn(scanOptions, () => scan(store, args, now())));
	}

	async function track<Result>(work: Promise<Result>): Promise<Result> {
		underWay.add(work);
		return work.finally(() => underWay.delete(work));
	}

	const storage: Storage = {
		async write<Args, Result>(store: StoreFunction<Args, Result>, args: Args, how: WriteOptions = {}) {
			requireUsable(store);
			const { priority = "normal", additive = false } = how;
			const job = { store: store as StoreFunction<never, unknown>, args, now: now(), priority };
			const written = await track((additive ? counts : writer).write(job));
			timekeeper.adopt(written.now);
			return written.result as Result;
		},
		scan: scanInTurn,
		scanJson: async (store, args, scanOptions) =>
			encoder.encode(JSON.stringify(await scanInTurn(store, args, scanOptions))),
		async read(store, args) {
			requireUsable(store);
			return reads.one(store, args, now());
		},
		async lookUp(lookUp, key) {
			if (closed) throw closedError();
			return reads.lookUp(lookUp, key);
		},
		isLeader: createLeadership(connections.commits),
		onCommit: commits.listen,
		freshness,
		statements: ({ translate }) =>
			singleStatements({
				props: kyselyProps(queriesOn(connections.reads.session)),
				read: (statement) => reads.many(runStatement, statement, now()),
				write: (statement) => storage.write(runStatement, statement, { reserve: true }),
				translate,
			}),
		now,
		timekeeper,
		metrics: metricsOf(tally, {
			isConnected: () => connections.checks.isOpen,
			reopened: connections.reopened,
			waiting: writer.waiting,
			isKeeping: () => keeper?.isKeeping() ?? true,
		}),
		async close() {
			while (underWay.size > 0) await Promise.allSettled(underWay);
			closed = true;
			keeper?.keep();
			await keeper?.settled();
			commits.close();
			await connections.close();
		},
	};
	return storage;
}

function closedError(): StorageError {
	return new StorageError("unavailable", "Storage is closed.");
}
