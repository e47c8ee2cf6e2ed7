import pg from "pg";

import { StorageError, type StorageErrorCode } from "../../errors/storage-error.ts";

/** By SQLSTATE, or the class that it begins with. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const CODES: readonly (readonly [prefix: string, code: StorageErrorCode])[] = [
	["23505", "unique"],
	["23503", "foreign_key"],
	// ON DELETE RESTRICT.
	["23001", "foreign_key"],
	["23514", "check"],
	// U+0000, which no text in PostgreSQL has.
	["22021", "impossible_text"],
	["40", "busy"],
	// A right that was taken away, which is the operator's to give back.
	["42501", "unavailable"],
	["55P03", "busy"],
	// statement_timeout, or a cancelled statement.
	["57014", "busy"],
	["08", "unavailable"],
	["25006", "unavailable"],
	["25P", "unavailable"],
	["53", "unavailable"],
	["57", "unavailable"],
	["58", "unavailable"],
];

/** Serialization failures and deadlocks: the transaction is to be run again. */
const AGAIN = new Set(["40001", "40P01"]);
/** With these, PostgreSQL has ended the connection: a shutdown, a crash, or a timeout. */
const ENDED = /^(57P0[1-5]|08...|25P0[34])$/;

/** Converts PostgreSQL's errors to StorageError; returns anything else unchanged. */
export function asStorageError(error: unknown): unknown {
	if (error instanceof StorageError) return error;
	const state = sqlStateOf(error);
	const code = CODES.find(([prefix]) => state.startsWith(prefix))?.[1];
	if (code === undefined) return error;
	return new StorageError(code, `${state}: ${(error as Error).message}`, { cause: error });
}

/** PostgreSQL's error, without what may quote rows or parameters: an error that is thrown may be logged with all it has. */
export function withoutRows(error: unknown): unknown {
	if (!(error instanceof pg.DatabaseError)) return error;
	return Object.assign(error, { detail: undefined, where: undefined, internalQuery: undefined, hint: undefined });
}

/** Of a statement on a connection that has ended: nothing is known of it. */
export function connectionLost(cause: unknown): StorageError {
	const reason = cause instanceof Error ? cause.message : "it ended";
	return new StorageError("unavailable", `The connection to PostgreSQL was lost: ${reason}`, { cause });
}

/** True if the connection ended, so that nothing is known of a statement that was sent. */
export function isLost(error: unknown): boolean {
	if (error instanceof StorageError) return error.code === "unavailable";
	return ENDED.test(sqlStateOf(error));
}

/** True of an error of COMMIT that says that the transaction was rolled back, and only then. */
export function isRefusal(error: unknown): boolean {
	return /^(23|40|P0)/.test(sqlStateOf(error));
}

/** Of a transaction that is known not to have committed. */
export function isToBeRepeated(error: unknown): boolean {
	return isLost(error) || AGAIN.has(sqlStateOf(error));
}

function sqlStateOf(error: unknown): string {
	const code = (error as { code?: unknown } | null)?.code;
	return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : "";
}
