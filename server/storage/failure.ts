import { type ProblemData, ProblemError } from "../errors/problem-error.ts";
import { StorageError, type StorageErrorCode } from "../errors/storage-error.ts";

/** An error as plain data, to pass between threads. */
export type Failure =
	| { problem: ProblemData }
	| { storage: { code: StorageErrorCode; message: string; stack?: string } }
	| { fault: { message: string; stack?: string } };

export function toFailure(error: unknown): Failure {
	if (error instanceof ProblemError) return { problem: error.toData() };
	if (error instanceof StorageError) {
		const { code, message, stack } = error;
		return { storage: { code, message, ...(stack !== undefined && { stack }) } };
	}
	if (error instanceof Error) {
		return { fault: { message: error.message, ...(error.stack !== undefined && { stack: error.stack }) } };
	}
	return { fault: { message: "A value that is not an Error was thrown." } };
}

export function fromFailure(failure: Failure): Error {
	if ("problem" in failure) return ProblemError.from(failure.problem);
	if ("storage" in failure) {
		const { code, message, stack } = failure.storage;
		return withStack(new StorageError(code, message), stack);
	}
	return withStack(new Error(failure.fault.message), failure.fault.stack);
}

/** Restores the stack of where it happened. */
function withStack(error: Error, stack: string | undefined): Error {
	if (stack !== undefined) error.stack = stack;
	return error;
}
