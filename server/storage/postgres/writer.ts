import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { Database, type StoreFunction } from "../database.ts";
import { fromFailure, toFailure } from "../failure.ts";
import { createPriorityQueue } from "../priority-queue.ts";
import type { Priority } from "../storage.ts";
import type { Connection } from "./connection.ts";
import { kyselyProps, queriesOn } from "./database.ts";
import { asStorageError, isToBeRepeated } from "./errors.ts";
import { postgresFragments } from "./fragments.ts";
import type { Outcomes } from "./outcomes.ts";
import { requireKnownVersion } from "./schema-version.ts";
import type { Session } from "./session.ts";
import { strictSession } from "./strict-session.ts";
import type { Tally } from "./tally.ts";
import { createTransactions, LOCK_TIMEOUT_MS, tooLate } from "./transactions.ts";
import { within } from "./within.ts";

/** A transaction that takes longer was cut off: its connection is given up. */
const TRANSACTION_TIMEOUT_MS = 10_000;
const RETRY_MS = 50;

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
	tally: Tally;
	/** Writers of all servers take turns, so that times and numbers follow the order of the commits. */
	inTurn: boolean;
	limitScale: number;
	/** Runs each transaction, rolls it back, and runs it again. For tests. */
	runTwice: boolean;
}

/** Runs transactions one after another. One that conflicts with another server's is run again. */
export function createWriter({ connection, outcomes, tally, inTurn, limitScale, runTwice }: WriterOptions) {
	const { begin, rollBack } = createTransactions(connection, inTurn);
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
				tally.retries += 1;
				await sleep(randomInt(RETRY_MS));
			}
		}
	}

	async function transact(job: Job, end: "COMMIT" | "ROLLBACK"): Promise<Written> {
		const session = await begin(job.queuedAt);
		try {
			const written = await run(session, job);
			if (end === "ROLLBACK") await session.script(end);
			else await outcomes.commit(session, written.now, inTurn);
			return written;
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

	return {
		/** How many have not begun. */
		waiting: () => queue.size(),
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
