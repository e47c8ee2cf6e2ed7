import { setTimeout as sleep } from "node:timers/promises";

import { StorageError } from "../../errors/storage-error.ts";
import type { Connection } from "./connection.ts";
import { asStorageError, isLost } from "./errors.ts";
import type { Session } from "./session.ts";
import { within } from "./within.ts";

/** How long a write waits for its turn, for locks and for a connection before it fails. */
export const LOCK_TIMEOUT_MS = 3_000;
/** Of pg_advisory_xact_lock. */
const ADDING = 7_227_003;
const RETRY_MS = 50;
const GRACE_MS = 500;

/**
 * How transactions begin and are rolled back.
 * @param inTurn whether they take turns with all writers, rather than with those that only add
 */
export function createTransactions(connection: Connection, inTurn: boolean) {
	/** Waits for the turn. Nothing is written yet, so a connection that was lost is replaced. */
	async function begin(queuedAt: number): Promise<Session> {
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

	/** What a transaction left open, it holds locks with. */
	async function rollBack(session: Session): Promise<void> {
		await within(GRACE_MS, session.script("ROLLBACK")).catch(() => session.drop());
	}

	return { begin, rollBack };
}

/**
 * LOCK TABLE comes before the transaction's snapshot is taken (https://www.postgresql.org/docs/current/sql-lock.html).
 * Writes that only add take turns among themselves: all servers add to the same keys, each in its own order, and would
 * wait for one another in a circle.
 */
export function beginning(inTurn: boolean, timeoutMs: number): string {
	const limit = `SET LOCAL lock_timeout = ${timeoutMs}`;
	if (!inTurn) return `BEGIN ISOLATION LEVEL READ COMMITTED; ${limit}; SELECT pg_advisory_xact_lock(${ADDING})`;
	return `BEGIN ISOLATION LEVEL SERIALIZABLE; ${limit}; LOCK TABLE turn IN EXCLUSIVE MODE`;
}

export function tooLate(): StorageError {
	return new StorageError("busy", "Other writes took too long.");
}
