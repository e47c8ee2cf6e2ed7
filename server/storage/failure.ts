import { type ProblemData, ProblemError } from "../errors/problem-error.ts";
import { StorageError, type StorageErrorCode } from "../errors/storage-error.ts";

/** An error as plain data, for the way between threads. */
export type Failure =
	| { problem: ProblemData }
	| { storage: { code: StorageErrorCode; message: string } }
	| { fault: { message: string; stack?: string } };

export function toFailure(error: unknown): Failure {
	if (error instanceof ProblemError) return { problem: error.toData() };
	if (error instanceof StorageError) {
		const { code, message } = error;
		return { storage: { code, message } };
	}
	if (error instanceof Error) {
		return { fault: { message: error.message, ...(error.stack !== undefined && { stack: error.stack }) } };
	}
	return { fault: { message: String(error) } };
}

export function fromFailure(failure: Failure): Error {
	if ("problem" in failure) return ProblemError.from(failure.problem);
	if ("storage" in failure) {
		const { code, message } = failure.storage;
		return new StorageError(code, message);
	}
	const error = new Error(failure.fault.message);
	// Where it happened, and not where it arrived.
	if (failure.fault.stack !== undefined) error.stack = failure.fault.stack;
	return error;
}
