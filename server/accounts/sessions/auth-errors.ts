import { APIError, isAPIError } from "better-auth/api";

import type { ProblemError } from "../../errors/problem-error.ts";
import { StorageError } from "../../errors/storage-error.ts";
import { storageProblem } from "../../errors/storage-problem.ts";
import { invalidCredentials } from "./refusals.ts";

/** Better Auth passes on its own kind of error and hides all others, so ours travel inside one. */
export class CarriedError extends APIError {
	readonly carried: ProblemError;

	constructor(carried: ProblemError) {
		super("SERVICE_UNAVAILABLE", { code: carried.code, message: carried.message });
		this.carried = carried;
	}
}

/** Converts a storage error to a form that survives Better Auth. */
export function carryStorageError(error: unknown): unknown {
	if (!(error instanceof StorageError)) return error;
	// A session for an account that was deleted while its password was being verified.
	const problem = error.code === "foreign_key" ? invalidCredentials() : storageProblem(error);
	return problem === undefined ? error : new CarriedError(problem);
}

/** Translates Better Auth's refusals to ours; other failures stay as they are, for the log. */
export function fromAuthError(error: unknown): unknown {
	if (error instanceof CarriedError) return error.carried;
	if (!isAPIError(error)) return error;
	const { code = "", cause = error } = error.body ?? {};
	return new Error(`Better Auth failed: ${code}`, { cause });
}

/** Awaits a Better Auth call and translates its failure with `fromAuthError`. */
export async function withOurErrors<T>(call: Promise<T>): Promise<T> {
	return call.catch((error: unknown) => {
		throw fromAuthError(error);
	});
}
