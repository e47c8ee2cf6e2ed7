/**
 * Why storage did not do what it was asked to. Nothing was written, whatever the code.
 * - `unusable`: the database cannot be opened; the message is one line that says what to do
 * - `busy`: another process has held the lock for too long
 * - `unavailable`: the disk is full, read-only or broken, or storage is closed
 * - `unique`, `foreign_key`: a statement broke this constraint; `constraint` names it where the engine does
 * - `abandoned`: the client left before its scan had begun
 * - `too_many_waiting`: the account has enough scans waiting for their turn
 */
export type StorageErrorCode =
	"unusable" | "busy" | "unavailable" | "unique" | "foreign_key" | "abandoned" | "too_many_waiting";

export class StorageError extends Error {
	readonly code: StorageErrorCode;
	/** "user.email", say. */
	readonly constraint: string | undefined;

	constructor(code: StorageErrorCode, message: string, extra: { constraint?: string; cause?: unknown } = {}) {
		super(message, extra.cause === undefined ? {} : { cause: extra.cause });
		this.name = "StorageError";
		this.code = code;
		this.constraint = extra.constraint;
	}
}
