import { ProblemError } from "../../errors/problem-error.ts";

export function signUpClosed(detail: string): ProblemError {
	return new ProblemError(403, "sign_up_closed", detail);
}

/** For an invitation that is invalid, or already used to sign up. */
export function invitationUsed(): ProblemError {
	return signUpClosed("This invitation is no longer valid. Ask the person who sent it for a new link.");
}

/** While only a set-up link can create an account. */
export function notSetUp(): ProblemError {
	return signUpClosed(
		"This server has no account yet. Open the set-up link that it printed in its terminal when it started, or run `npm run create-account -- <your e-mail address>` in its folder.",
	);
}

/** Wrong, used or late: the answer does not tell which. */
export function setupTokenInvalid(): ProblemError {
	return new ProblemError(
		403,
		"setup_token_invalid",
		"This set-up link does not work: it was used, is older than 24 hours, or was not copied completely. If the server has no account yet, restart it to get a new link. Otherwise sign in, or ask a workspace owner for an invitation.",
	);
}
