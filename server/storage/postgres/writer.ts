import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { StorageError } from "../../errors/storage-error.ts";
import { Database, type StoreFunction } from "../database.ts";
import { fromFailure, toFailure } from "../failure.ts";
import { createPriorityQueue } from "../priority-queue.ts";
import type { Priority } from "../storage.ts";
import type { Connection } from "./connection.ts";
import { kyselyProps, queriesOn } from "./database.ts";
import { asStorageError, isLost, isToBeRepeated } from "./errors.ts";
import { postgresFragments } from "./fragments.ts";
import type { Outcomes } from "./outcomes.ts";
import { requireKnownVersion } from "./schema-version.ts";
import type { Session } from "./session.ts";
import { strictSession } from "./strict-session.ts";
import { within } from "./within.ts";

/** How long a write waits for its turn, for locks and for a connection before it fails. */
export const LOCK_TIMEOUT_MS = 3_000;
/** A transaction that takes longer was cut off: its connection is given up. */
const TRANSACTION_TIMEOUT_MS = 10_000;
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
	/** Writers of all servers take turns, so that times and numbers follow the order of the commits. */
	inTurn: boolean;
	limitScale: number;
	/** Runs each transaction, rolls it back, and runs it again. For tests. */
	runTwice: boolean;
}

/** Runs transactions one after another. One that conflicts with another server's is run again. */
export function createWriter({ connection, outcomes, inTurn, limitScale, runTwice }: WriterOptions) {
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
			const written = await run(session, job);
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
		let failure = tooLate();
		for (;;) {
			const left = Math.ceil(queuedAt + LOCK_TIMEOUT_MS - performance.now());
			if (left <= 0) throw failure;
			try {
				const session = connection.session();
				await beginOn(session, left);
				return session;
			} catch (error) {
				if (!isLost(error)) throw error;
				failure = asStorageError(error) as StorageError;
				await sleep(RETRY_MS);
			}
		}
	}

	async function beginOn(session: Session, left: number): Promise<void> {
		try {
			// PostgreSQL ends the wait by itself: this is for one that is gone.
			await within(left + GRACE_MS, session.script(beginning(inTurn, left)));
		} catch (error) {
			await rollBack(session);
			throw error;
		}
	}

	async function run(session: Session, { store, args, now: asked }: Job): Promise<Written> {
		const { rows } = await session.run<{ latest: number; version: number }>(
			"SELECT latest, version FROM clock, schema_version",
		);
		const { latest = 0, version = 0 } = rows[0] ?? {};
		requireKnownVersion(version);
		const now = Math.max(asked, latest);
		const strict = strictSession(session);
		const props = kyselyProps(queriesOn(() => strict));
		const db = new Database(props, now, postgresFragments, limitScale);
		try {
			// As if they passed between threads: plain data, shared with no one.
			const work = store(db, structuredClone(args) as never);
			const result: unknown = structuredClone(await within(TRANSACTION_TIMEOUT_MS, work));
			strict.throwFailure();
			return { result, now };
		} finally {
			strict.end();
		}
	}

	/** What a transaction left open, it holds locks with. */
	async function rollBack(session: Session): Promise<void> {
		await within(GRACE_MS, session.script("ROLLBACK")).catch(() => session.drop());
	}

	return {
		async write(given: Omit<Job, "queuedAt" | "resolve" | "reject">): Promise<Written> {
			const { promise, resolve, reject } = Promise.withResolvers<Written>();
			const job = { ...given, queuedAt: performance.now(), resolve, reject };
			queue.push(job);
			running ??= work();
			const timer = setTimeout(() => {
				for (const late of queue.remove((each) => each === job)) late.reject(tooLate());
			}, LOCK_TIMEOUT_MS);
			return promise.finally(() => clearTimeout(timer));
		},
	};
}

/** LOCK TABLE comes before the transaction's snapshot is taken (https://www.postgresql.org/docs/current/sql-lock.html). */
export function beginning(inTurn: boolean, timeoutMs: number): string {
	const limit = `SET LOCAL lock_timeout = ${timeoutMs}`;
	if (!inTurn) return `BEGIN; ${limit}`;
	return `BEGIN ISOLATION LEVEL SERIALIZABLE; ${limit}; LOCK TABLE turn IN EXCLUSIVE MODE`;
}

function tooLate(): StorageError {
	return new StorageError("busy", "Other writes took too long.");
}
