import { APIError, isAPIError } from "better-auth/api";

import { invalidField, type ProblemError } from "../errors/problem-error.ts";
import { StorageError } from "../errors/storage-error.ts";
import { storageProblem } from "../errors/storage-problem.ts";
import { invalidCredentials } from "./refusals.ts";

/** Better Auth lets errors of its own kind through and blurs all others, so ours travel inside of one. */
export class CarriedError extends APIError {
	readonly carried: ProblemError;

	constructor(carried: ProblemError) {
		super("SERVICE_UNAVAILABLE", { code: carried.code, message: carried.message });
		this.carried = carried;
	}
}

/** What storage could not do, in a form that survives the way through Better Auth. */
export function carryStorageError(error: unknown): unknown {
	if (!(error instanceof StorageError)) return error;
	// A session for an account that was deleted while its password was being verified.
	const problem = error.code === "foreign_key" ? invalidCredentials() : storageProblem(error);
	return problem === undefined ? error : new CarriedError(problem);
}

const PROBLEMS: Record<string, () => ProblemError> = {
	INVALID_EMAIL: invalidEmail,
	INVALID_EMAIL_OR_PASSWORD: invalidCredentials,
	// Every other field is checked before.
	VALIDATION_ERROR: invalidEmail,
};

/** Better Auth's refusals as ours; its failures as they are, for the log. */
export function fromAuthError(error: unknown): unknown {
	if (error instanceof CarriedError) return error.carried;
	if (!isAPIError(error)) return error;
	const { code = "", cause = error } = error.body ?? {};
	return PROBLEMS[code]?.() ?? new Error(`Better Auth failed: ${code}`, { cause });
}

/** What `asked` resolves to, or its failure in our words. */
export async function withOurErrors<T>(asked: Promise<T>): Promise<T> {
	return asked.catch((error: unknown) => {
		throw fromAuthError(error);
	});
}

function invalidEmail(): ProblemError {
	return invalidField("email", "This is not an e-mail address.");
}
