/**
 * Why storage failed. Nothing was written, except possibly with `outcome_unknown`.
 * - `unusable`: the database cannot be opened; the message is one line that says what to do
 * - `busy`: another process held the lock for too long
 * - `unavailable`: the disk is full, read-only or broken, or storage is closed
 * - `disk_low`: the disk has less free space than the floor, and the write has no reserve
 * - `outcome_unknown`: the thread or connection ended during the transaction
 * - `unique`, `foreign_key`, `check`: a statement violated such a constraint
 * - `impossible_text`: a text has a character that no text in the database can have
 * - `abandoned`: the client disconnected before its scan started
 * - `too_many_waiting`: too many scans of the account are waiting
 */
export type StorageErrorCode =
	| "unusable"
	| "busy"
	| "unavailable"
	| "disk_low"
	| "outcome_unknown"
	| "unique"
	| "foreign_key"
	| "check"
	| "impossible_text"
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
