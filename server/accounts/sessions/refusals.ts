import { ProblemError } from "../../errors/problem-error.ts";

export function noSession(): ProblemError {
	return new ProblemError(401, "no_session", "You are not signed in. Sign in first.");
}

/** Not 401, which would mean that there is no session. */
export function wrongPassword(field: string): ProblemError {
	const message = "This is not your password.";
	return new ProblemError(403, "wrong_password", `${message} Check it and try again.`, {
		errors: [{ path: field, message }],
	});
}

/** The same for an unknown account and a wrong password, so that neither reveals who has an account. */
export function invalidCredentials(): ProblemError {
	return new ProblemError(401, "invalid_credentials", "No account has this e-mail address and password. Check both.");
}

export function emailTaken(advice = "Sign in instead."): ProblemError {
	const message = "There is an account with this e-mail address already.";
	return new ProblemError(422, "email_taken", `${message} ${advice}`, { errors: [{ path: "email", message }] });
}
