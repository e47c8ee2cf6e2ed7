import { ProblemError } from "../errors/problem-error.ts";

export function noSession(): ProblemError {
	return new ProblemError(401, "no_session", "You are not signed in. Sign in first.");
}

/** Not 401, which says that there is no session. */
export function wrongPassword(field: string): ProblemError {
	const message = "This is not your password.";
	return new ProblemError(403, "wrong_password", `${message} Check it and try again.`, {
		errors: [{ path: field, message }],
	});
}

/** One answer for an unknown account and for a wrong password, so that neither reveals who has an account. */
export function invalidCredentials(): ProblemError {
	return new ProblemError(401, "invalid_credentials", "No account has this e-mail address and password. Check both.");
}

export function weakPassword(message: string, path = "password"): ProblemError {
	return new ProblemError(422, "weak_password", `${message} Choose another one.`, { errors: [{ path, message }] });
}

export function emailTaken(advice = "Sign in instead."): ProblemError {
	const message = "There is an account with this e-mail address already.";
	return new ProblemError(422, "email_taken", `${message} ${advice}`, { errors: [{ path: "email", message }] });
}

/** Of a link that sets a new password. */
export function expiredLink(): ProblemError {
	return new ProblemError(410, "expired_link", "This link was used already, or is too old. Ask for a new one.");
}

export function signUpClosed(detail: string): ProblemError {
	return new ProblemError(403, "sign_up_closed", detail);
}

/** For an invitation that is invalid, or already used to sign up. */
export function invitationUsed(): ProblemError {
	return signUpClosed("This invitation is no longer valid. Ask the person who sent it for a new link.");
}
