import { ProblemError } from "../../errors/problem-error.ts";

export function noSession(): ProblemError {
	return new ProblemError(401, "no_session", "You are not signed in. Sign in first.");
}

/** Not 401, which means that there is no session. */
export function wrongPassword(field: string): ProblemError {
	const message = "This is not your password.";
	return new ProblemError(403, "wrong_password", `${message} Check it and try again.`, {
		errors: [{ path: field, message }],
	});
}

/** The same for unknown accounts and wrong passwords, so that neither reveals who has an account. */
export function invalidCredentials(): ProblemError {
	return new ProblemError(401, "invalid_credentials", "No account has this e-mail address and password. Check both.");
}

/** Only for who knows the password of the sign-up. */
export function addressUnverified(): ProblemError {
	return new ProblemError(
		403,
		"address_unverified",
		"Your e-mail address is not verified yet. Open the link that was sent to it when you signed up, or sign up again to get a new one.",
	);
}

export function expiredLink(): ProblemError {
	return new ProblemError(410, "expired_link", "This link was already used or has expired. Request a new one.");
}

export function emailTaken(advice = "Sign in instead."): ProblemError {
	const message = "This e-mail address already has an account.";
	return new ProblemError(422, "email_taken", `${message} ${advice}`, { errors: [{ path: "email", message }] });
}
