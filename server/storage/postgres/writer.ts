import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { StorageError } from "../../errors/storage-error.ts";
import { Database, type StoreFunction } from "../database.ts";
import { fromFailure, toFailure } from "../failure.ts";
import { createPriorityQueue } from "../priority-queue.ts";
import type { Priority } from "../storage.ts";
import type { Connection, Session } from "./connection.ts";
import { kyselyProps, queriesOn } from "./database.ts";
import { asStorageError, isLost, isToBeRepeated } from "./errors.ts";
import { postgresFragments } from "./fragments.ts";
import type { Outcomes } from "./outcomes.ts";
import { strictSession } from "./strict-session.ts";
import { within } from "./within.ts";

/** How long a write waits for its turn, for locks and for a connection before it fails as `busy`. */
export const LOCK_TIMEOUT_MS = 3_000;
/** A transaction that takes longer was cut off: its connection is given up. */
const TRANSACTION_TIMEOUT_MS = 10_000;
/**
 * Writers of all servers take turns, so that times and numbers follow the order of the commits. LOCK TABLE comes before
 * the transaction's snapshot is taken (https://www.postgresql.org/docs/current/sql-lock.html).
 */
export const IN_TURN = "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE turn IN EXCLUSIVE MODE";
const RETRY_MS = 50;
const GRACE_MS = 500;

interface Job {
	store: StoreFunction<never, unknown>;
	args: unknown;
	now: number;
	priority: Priority;
	queuedAt: number;
	resolve: (written: Written) => void;
	reject: (error: unknown) => void;
}

export interface Written {
	result: unknown;
	/** The time that the store function saw. */
	now: number;
}

export interface WriterOptions {
	connection: Connection;
	outcomes: Outcomes;
	/** How a transaction begins: `IN_TURN`, or `BEGIN` for what may run beside other writes. */
	begin: string;
	limitScale: number;
	/** Runs each transaction, rolls it back, and runs it again. For tests. */
	runTwice: boolean;
}

/** Runs transactions one after another. One that conflicts with another server's is run again. */
export function createWriter({ connection, outcomes, begin: beginning, limitScale, runTwice }: WriterOptions) {
	const queue = createPriorityQueue<Job>();
	let running: Promise<void> | undefined;

	async function work(): Promise<void> {
		for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
			try {
				job.resolve(await perform(job));
			} catch (error) {
				job.reject(fromFailure(toFailure(asStorageError(error))));
			}
		}
		running = undefined;
	}

	async function perform(job: Job): Promise<Written> {
		for (;;) {
			try {
				if (runTwice) await transact(job, "ROLLBACK");
				return await transact(job, "COMMIT");
			} catch (error) {
				const isLate = performance.now() - job.queuedAt > LOCK_TIMEOUT_MS;
				if (isLate || !isToBeRepeated(error)) throw error;
				await sleep(randomInt(RETRY_MS));
			}
		}
	}

	async function transact(job: Job, end: "COMMIT" | "ROLLBACK"): Promise<Written> {
		const session = await begin(job);
		try {
			const written = await within(TRANSACTION_TIMEOUT_MS, run(session, job));
			if (end === "ROLLBACK") await session.script(end);
			else await outcomes.commit(session, written.now);
			return written;
		} catch (error) {
			await rollBack(session);
			throw error;
		}
	}

	/** Waits for the turn. Nothing is written yet, so a connection that was lost is replaced. */
	async function begin({ queuedAt }: Job): Promise<Session> {
		for (;;) {
			const left = queuedAt + LOCK_TIMEOUT_MS - performance.now();
			if (left <= 0) throw new StorageError("busy", "Other writes took too long.");
			let session: Session | undefined;
			try {
				session = connection.session();
				// PostgreSQL ends it by itself: this is for one that is gone.
				await within(left + GRACE_MS, session.script(beginning));
				return session;
			} catch (error) {
				if (error instanceof StorageError && error.code === "busy") connection.drop();
				if (!isLost(error)) {
					await rollBack(session);
					throw error;
				}
				await sleep(RETRY_MS);
			}
		}
	}

	async function run(session: Session, { store, args, now: asked }: Job): Promise<Written> {
		const { rows } = await session.run<{ latest: number }>("SELECT latest FROM clock");
		const now = Math.max(asked, rows[0]?.latest ?? 0);
		const strict = strictSession(session);
		const props = kyselyProps(queriesOn(() => strict));
		const db = new Database(props, now, postgresFragments, limitScale);
		// As if they passed between threads: plain data, shared with no one.
		const result: unknown = structuredClone(await store(db, structuredClone(args) as never));
		strict.throwFailure();
		return { result, now };
	}

	/** What a transaction left open, it holds locks with. */
	async function rollBack(session: Session | undefined): Promise<void> {
		try {
			await within(GRACE_MS, session?.script("ROLLBACK") ?? Promise.resolve());
		} catch {
			connection.drop();
		}
	}

	return {
		write(job: Omit<Job, "queuedAt" | "resolve" | "reject">): Promise<Written> {
			const { promise, resolve, reject } = Promise.withResolvers<Written>();
			queue.push({ ...job, queuedAt: performance.now(), resolve, reject });
			running ??= work();
			return promise;
		},
	};
}
