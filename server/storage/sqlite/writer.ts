import { setImmediate as nextTurn } from "node:timers/promises";

import { StorageError } from "../../errors/storage-error.ts";
import { toFailure } from "../failure.ts";
import { createPriorityQueue } from "../priority-queue.ts";
import type { AnyStoreFunction } from "../store-list.ts";
import { withdrawalsPath } from "../withdrawals/withdrawals-file.ts";
import { createCheckpoints } from "./checkpoints.ts";
import { databaseOn } from "./database.ts";
import { asStorageError, isBusy } from "./errors.ts";
import type { DatabaseOptions, Job, Outcome } from "./messages.ts";
import { openSameDatabase } from "./open-database.ts";
import { createStrictConnection } from "./strict-connection.ts";
import { createKeeper } from "./withdrawals/keeper.ts";

/** How long a write waits for another process's lock before it fails as `busy`. */
const LOCK_TIMEOUT_MS = 3_000;
/** Short, so that urgent jobs can still go first and overdue jobs can be rejected. */
const BUSY_TIMEOUT_MS = 25;
/** Jobs may join a transaction for this long, so that the lock is never held for more than 50 ms. */
const TRANSACTION_MS = 10;
/**
 * Keys and counts are spread over the whole database: with a small cache, a flush would write the same page repeatedly.
 */
const CACHE_KIB = 64 * 1024;

interface Waiting extends Job {
	queuedAt: number;
}

/** A job in the current transaction. */
interface Taken {
	job: Waiting;
	outcome: Outcome;
}

const UNDONE: Outcome = { failure: toFailure(new StorageError("unavailable", "The transaction was rolled back.")) };

export interface WriterOptions extends DatabaseOptions {
	storeOf: (name: string) => AnyStoreFunction;
	reply: (id: number, outcome: Outcome) => void;
	/** Called with true while the log is so long that scans must pause for it to start over. */
	onLog: (isLong: boolean) => void;
}

/**
 * The only connection of this process that writes. Jobs that wait together share a transaction and its fsync. Each has
 * its own savepoint, so that a refused job undoes only its own changes.
 */
export function createWriter({ storeOf, reply, onLog, runTwice, limitScale, ...file }: WriterOptions) {
	const db = openSameDatabase(file, BUSY_TIMEOUT_MS);
	db.pragma(`cache_size = -${CACHE_KIB}`);
	const checkpoints = createCheckpoints(db, onLog);
	const connection = createStrictConnection(db);
	const databaseAt = databaseOn(connection, limitScale);
	const command = (sql: string) => {
		const statement = db.prepare(sql);
		return () => void statement.run();
	};
	const begin = command("BEGIN IMMEDIATE");
	const commit = command("COMMIT");
	const rollback = command("ROLLBACK");
	const save = command("SAVEPOINT job");
	const undo = command("ROLLBACK TO job");
	const release = command("RELEASE job");
	const readLatest = db.prepare<[], number>("SELECT latest FROM clock").pluck();
	const raiseLatest = db.prepare<{ now: number }>("UPDATE clock SET latest = :now WHERE latest < :now");
	const countChanges = db.prepare<[], number>("SELECT total_changes()").pluck();

	const withdrawals = createKeeper(db, withdrawalsPath(file.path));

	const queue = createPriorityQueue<Waiting>();
	let running: Promise<void> | undefined;

	async function work(): Promise<void> {
		while (!queue.isEmpty()) {
			await transact();
			// Lets newly arrived jobs take their place in the queue.
			await nextTurn();
		}
		running = undefined;
	}

	async function transact(): Promise<void> {
		try {
			begin();
		} catch (error) {
			const since = performance.now() - LOCK_TIMEOUT_MS;
			fail(
				queue.remove(({ queuedAt }) => !isBusy(error) || queuedAt <= since),
				error,
			);
			return;
		}
		const taken: Taken[] = [];
		try {
			await performAll(taken);
			commit();
		} catch (error) {
			if (db.inTransaction) rollback();
			// Refusals too: they may depend on what another job wrote, which is undone.
			fail(
				taken.map(({ job }) => job),
				error,
			);
			return;
		}
		withdrawals.keep();
		for (const { job, outcome } of taken) reply(job.id, outcome);
		withdrawals.mark();
		checkpoints.committed();
	}

	async function performAll(taken: Taken[]): Promise<void> {
		const began = performance.now();
		const changes = countChanges.get();
		let now = readLatest.get() ?? 0;
		for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
			now = Math.max(now, job.now);
			const entry: Taken = { job, outcome: UNDONE };
			taken.push(entry);
			entry.outcome = await perform(job, now);
			// A full disk, for example, ends the whole transaction: https://www.sqlite.org/lang_transaction.html
			if (!db.inTransaction) throw new StorageError("unavailable", "SQLite rolled back the transaction.");
			if (performance.now() - began > TRANSACTION_MS) break;
		}
		if (countChanges.get() === changes) return;
		raiseLatest.run({ now });
		withdrawals.date(now);
	}

	async function perform({ store, args }: Waiting, now: number): Promise<Outcome> {
		try {
			save();
			if (runTwice) await rehearse(run(store, structuredClone(args), now));
			const result = await run(store, args, now);
			release();
			return { result, now };
		} catch (error) {
			if (db.inTransaction) {
				undo();
				release();
			}
			return { failure: toFailure(asStorageError(error)) };
		}
	}

	async function run(store: string, args: unknown, now: number): Promise<unknown> {
		connection.begin();
		const result = await storeOf(store)(databaseAt(now), args as never);
		connection.throwFailure();
		return result;
	}

	async function rehearse(first: Promise<unknown>): Promise<void> {
		try {
			await first;
		} catch (error) {
			if (!db.inTransaction) throw error;
		}
		undo();
	}

	function fail(jobs: Waiting[], error: unknown): void {
		const outcome = { failure: toFailure(asStorageError(error)) };
		for (const { id } of jobs) reply(id, outcome);
	}

	return {
		push(job: Job): void {
			queue.push({ ...job, queuedAt: performance.now() });
			running ??= work();
		},
		/** Resolves once every job has its reply. */
		async close(): Promise<void> {
			await running;
			checkpoints.close();
			db.close();
		},
	};
}
