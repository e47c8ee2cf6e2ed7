import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Clock } from "../clock.ts";
import { ProblemError } from "../http/problem.ts";
import { openDatabase, type SqliteDatabase } from "./open-database.ts";

/** How long a write waits for another process's lock before the caller is told to come back. */
const WRITE_PATIENCE_MS = 3_000;
const RETRY_EVERY_MS = 15;
const BUSY = Symbol("another process holds the lock");

/** What a change sees: the database inside its transaction, and the one time that counts for all of it. */
export interface Transaction {
	db: SqliteDatabase;
	now: number;
}

export interface Storage {
	readonly path: string;
	/** For queries outside a transaction. */
	readonly db: SqliteDatabase;
	/** The wall clock, but never earlier than the greatest time stored. Milliseconds. */
	now(): number;
	/**
	 * Runs `change` in one `BEGIN IMMEDIATE`. It is synchronous and may run more than once.
	 * @throws ProblemError 503 with Retry-After where the database stays locked, is full or read-only; nothing is written then
	 */
	write<T>(change: (transaction: Transaction) => T): Promise<T>;
	close(): void;
}

/** The one database file, in DATA_DIR. */
export function databasePath(dataDir: string): string {
	return join(dataDir, "auxvyn.db");
}

export function openStorage(path: string, clock: Clock): Storage {
	const db = openDatabase(path);
	const latest = db.prepare<[], number>("SELECT latest FROM clock").pluck();
	const raise = db.prepare<{ now: number }>("UPDATE clock SET latest = :now WHERE latest < :now");
	const now = () => Math.max(clock.now(), latest.get() ?? 0);

	const attempt = db.transaction(<T>(change: (transaction: Transaction) => T): T => {
		const at = now();
		raise.run({ now: at });
		return change({ db, now: at });
	});

	/** The end of the line of those who wait for another process's lock. Only its head tries. */
	let line: Promise<unknown> = Promise.resolve();
	let waiting = 0;

	async function write<T>(change: (transaction: Transaction) => T): Promise<T> {
		const first = waiting === 0 ? tryOnce(change) : BUSY;
		return first === BUSY ? inLine(change) : first;
	}

	function tryOnce<T>(change: (transaction: Transaction) => T): T | typeof BUSY {
		try {
			return attempt.immediate(change) as T;
		} catch (error) {
			if (isBusy(error)) return BUSY;
			throw asProblem(error);
		}
	}

	async function inLine<T>(change: (transaction: Transaction) => T): Promise<T> {
		// Real time, whatever clock the rest goes by: one that stands still would wait for ever.
		const giveUpAt = performance.now() + WRITE_PATIENCE_MS;
		const before = line;
		const mine = Promise.withResolvers<undefined>();
		line = Promise.all([before, mine.promise]);
		waiting += 1;
		try {
			await Promise.race([before, sleep(WRITE_PATIENCE_MS, undefined, { ref: false })]);
			while (performance.now() < giveUpAt) {
				const written = tryOnce(change);
				if (written !== BUSY) return written;
				await sleep(RETRY_EVERY_MS);
			}
			throw busyProblem();
		} finally {
			waiting -= 1;
			mine.resolve(undefined);
		}
	}

	return { path, db, now, write, close: () => db.close() };
}

export function isBusy(error: unknown): boolean {
	return sqliteCode(error).startsWith("SQLITE_BUSY");
}

/** SQLite's own troubles as what a caller can act on; everything else as it is. */
export function asProblem(error: unknown): unknown {
	const code = sqliteCode(error);
	if (code.startsWith("SQLITE_BUSY")) return busyProblem(error);
	if (!/^SQLITE_(FULL|READONLY|IOERR|CANTOPEN)/.test(code)) return error;
	return new ProblemError(
		503,
		"storage_unavailable",
		"The server cannot write just now. Nothing was changed; try again later.",
		{
			headers: { "Retry-After": "30" },
			cause: error,
		},
	);
}

function busyProblem(cause?: unknown): ProblemError {
	return new ProblemError(503, "storage_busy", "The database is busy. Nothing was changed; try again in a moment.", {
		headers: { "Retry-After": "1" },
		cause,
	});
}

function sqliteCode(error: unknown): string {
	const code = (error as { code?: unknown } | null)?.code;
	return typeof code === "string" ? code : "";
}
