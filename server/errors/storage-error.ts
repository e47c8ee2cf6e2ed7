/**
 * Why storage did not do what it was asked to. Nothing was written, except perhaps for `outcome_unknown`.
 * - `unusable`: the database cannot be opened; the message is one line that says what to do
 * - `busy`: another process has held the lock for too long
 * - `unavailable`: the disk is full, read-only or broken, or storage is closed
 * - `outcome_unknown`: the thread or connection ended while the transaction was under way
 * - `unique`, `foreign_key`, `check`: a statement broke such a constraint
 * - `abandoned`: the client left before its scan was started
 * - `too_many_waiting`: too many scans of the account are waiting
 */
export type StorageErrorCode =
	| "unusable"
	| "busy"
	| "unavailable"
	| "outcome_unknown"
	| "unique"
	| "foreign_key"
	| "check"
	| "abandoned"
	| "too_many_waiting";

export class StorageError extends Error {
	readonly code: StorageErrorCode;

	constructor(code: StorageErrorCode, message: string, { cause }: { cause?: unknown } = {}) {
		super(message, cause === undefined ? {} : { cause });
		this.name = "StorageError";
		this.code = code;
	}
}
