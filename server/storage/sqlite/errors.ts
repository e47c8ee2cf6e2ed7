import { StorageError, type StorageErrorCode } from "../../errors/storage-error.ts";

const CODES: readonly (readonly [prefix: string, code: StorageErrorCode])[] = [
	["SQLITE_BUSY", "busy"],
	["SQLITE_FULL", "unavailable"],
	["SQLITE_READONLY", "unavailable"],
	["SQLITE_IOERR", "unavailable"],
	["SQLITE_CANTOPEN", "unavailable"],
	["SQLITE_CONSTRAINT_UNIQUE", "unique"],
	["SQLITE_CONSTRAINT_PRIMARYKEY", "unique"],
	["SQLITE_CONSTRAINT_FOREIGNKEY", "foreign_key"],
	// ON DELETE RESTRICT.
	["SQLITE_CONSTRAINT_TRIGGER", "foreign_key"],
	["SQLITE_CONSTRAINT_CHECK", "check"],
];

/** Converts SQLite's errors to StorageError; returns anything else unchanged. */
export function asStorageError(error: unknown): unknown {
	const sqliteCode = sqliteCodeOf(error);
	const code = CODES.find(([prefix]) => sqliteCode.startsWith(prefix))?.[1];
	if (code === undefined) return error;
	return new StorageError(code, `${sqliteCode}: ${(error as Error).message}`, { cause: error });
}

export function isBusy(error: unknown): boolean {
	return sqliteCodeOf(error).startsWith("SQLITE_BUSY");
}

function sqliteCodeOf(error: unknown): string {
	const code = (error as { code?: unknown } | null)?.code;
	return typeof code === "string" ? code : "";
}
