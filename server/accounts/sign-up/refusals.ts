import { ProblemError } from "../../errors/problem-error.ts";

export function signUpClosed(detail: string): ProblemError {
	return new ProblemError(403, "sign_up_closed", detail);
}

/** For an invitation that is invalid, or already used to sign up. */
export function invitationUsed(): ProblemError {
	return signUpClosed("This invitation is no longer valid. Ask the person who sent it for a new link.");
}
