import { StorageError, type StorageErrorCode } from "../../errors/storage-error.ts";

/** By SQLSTATE, or the class that it begins with. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const CODES: readonly (readonly [prefix: string, code: StorageErrorCode])[] = [
	["23505", "unique"],
	["23503", "foreign_key"],
	// ON DELETE RESTRICT.
	["23001", "foreign_key"],
	["23514", "check"],
	["40", "busy"],
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

/** Converts PostgreSQL's and the connection's errors to StorageError; returns anything else unchanged. */
export function asStorageError(error: unknown): unknown {
	if (error instanceof StorageError) return error;
	const state = sqlStateOf(error);
	const code = CODES.find(([prefix]) => state.startsWith(prefix))?.[1] ?? (isLost(error) ? "unavailable" : undefined);
	if (code === undefined) return error;
	// Not its detail, which may quote rows.
	return new StorageError(code, `${state === "" ? "connection" : state}: ${(error as Error).message}`, {
		cause: error,
	});
}

/** The connection was lost at the commit, and PostgreSQL says that the transaction was aborted. */
export class NotCommitted extends Error {}

export function isToBeRepeated(error: unknown): boolean {
	return error instanceof NotCommitted || AGAIN.has(sqlStateOf(error));
}

/** True if the connection ended, so that nothing is known of a statement that was sent. */
export function isLost(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	if (error instanceof StorageError) return error.code === "unavailable";
	const { code, syscall } = error as NodeJS.ErrnoException;
	return (
		syscall !== undefined ||
		error.message.startsWith("Connection terminated") ||
		error.message === "Client was closed and is not queryable" ||
		/^(E[A-Z]+|57P0[123]|08...|25P03|57P05)$/.test(code ?? "")
	);
}

function sqlStateOf(error: unknown): string {
	const code = (error as { code?: unknown } | null)?.code;
	return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : "";
}
