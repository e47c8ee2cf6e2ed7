import { APIError, isAPIError } from "better-auth/api";

import { invalidField, ProblemError } from "../http/problem.ts";
import { asProblem as asStorageProblem } from "../storage/storage.ts";

/** Better Auth lets errors of its own kind through and blurs all others, so ours travel inside of one. */
export class CarriedError extends APIError {
	readonly carried: ProblemError;

	constructor(carried: ProblemError) {
		super("SERVICE_UNAVAILABLE", { code: carried.code, message: carried.message });
		this.carried = carried;
	}
}

/** What the database says, in a form that survives the way through Better Auth. */
export function translateDatabaseError(error: unknown): unknown {
	const known = asStorageProblem(error);
	if (known instanceof ProblemError) return new CarriedError(known);
	const { code, message } = error as { code?: string; message?: string };
	// Two sign-ups with one address at the same moment: both found it free.
	if (code === "SQLITE_CONSTRAINT_UNIQUE" && message?.includes("user.email")) return new CarriedError(emailTaken());
	// A session for an account that was deleted while its password was looked at.
	if (code === "SQLITE_CONSTRAINT_FOREIGNKEY") return new CarriedError(invalidCredentials());
	return error;
}

const PROBLEMS: Record<string, () => ProblemError> = {
	INVALID_EMAIL: invalidEmail,
	INVALID_EMAIL_OR_PASSWORD: invalidCredentials,
	PASSWORD_TOO_LONG: () => weakPassword("The password is too long."),
	PASSWORD_TOO_SHORT: () => weakPassword("The password is too short."),
	USER_ALREADY_EXISTS: () => emailTaken(),
	// Every other field is checked before.
	VALIDATION_ERROR: invalidEmail,
	USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: () => emailTaken(),
};

/** Better Auth's refusals as ours; its failures as they are, for the log. */
export function fromAuthError(error: unknown): unknown {
	if (error instanceof CarriedError) return error.carried;
	if (!isAPIError(error)) return error;
	const { code = "", cause = error } = error.body ?? {};
	return PROBLEMS[code]?.() ?? new Error(`Better Auth failed: ${code}`, { cause });
}

/** What `asked` resolves to, or its failure in our words. */
export async function mapped<T>(asked: Promise<T>): Promise<T> {
	return asked.catch((error: unknown) => {
		throw fromAuthError(error);
	});
}

/** One answer for an unknown account and for a wrong password, so that nobody learns who has an account. */
export function invalidCredentials(): ProblemError {
	return new ProblemError(401, "invalid_credentials", "No account has this e-mail address and password. Check both.");
}

export function weakPassword(message: string, path = "password"): ProblemError {
	return new ProblemError(422, "weak_password", `${message} Choose another one.`, { errors: [{ path, message }] });
}

function invalidEmail(): ProblemError {
	return invalidField("email", "This is not an e-mail address.");
}

export function emailTaken(advice = "Sign in instead."): ProblemError {
	const message = "There is an account with this e-mail address already.";
	return new ProblemError(422, "email_taken", `${message} ${advice}`, { errors: [{ path: "email", message }] });
}
