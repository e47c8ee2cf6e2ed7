import { APIError, isAPIError } from "better-auth/api";

import { invalidField, ProblemError } from "../../errors/problem-error.ts";
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

/** Wraps `work` so that its refusals survive Better Auth. */
export function carryingProblems<Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) {
	return (...args: Args): Promise<Result> =>
		work(...args).catch((error: unknown) => {
			throw error instanceof ProblemError ? new CarriedError(error) : error;
		});
}

const PROBLEMS: Record<string, () => ProblemError> = {
	INVALID_EMAIL: invalidEmail,
	INVALID_EMAIL_OR_PASSWORD: invalidCredentials,
	// All other fields have been checked by then.
	VALIDATION_ERROR: invalidEmail,
};

/** Translates Better Auth's refusals to ours; other failures stay as they are, for the log. */
export function fromAuthError(error: unknown): unknown {
	if (error instanceof CarriedError) return error.carried;
	if (!isAPIError(error)) return error;
	const { code = "", cause = error } = error.body ?? {};
	return PROBLEMS[code]?.() ?? new Error(`Better Auth failed: ${code}`, { cause });
}

/** Awaits a Better Auth call and translates its failure with `fromAuthError`. */
export async function withOurErrors<T>(call: Promise<T>): Promise<T> {
	return call.catch((error: unknown) => {
		throw fromAuthError(error);
	});
}

function invalidEmail(): ProblemError {
	return invalidField("email", "This is not an e-mail address.");
}
