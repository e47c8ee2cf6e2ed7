import { PASSWORD_MIN_CHARACTERS } from "../../../shared/limits.ts";
import { ProblemError } from "../../errors/problem-error.ts";

export const PASSWORD_MAX_CHARACTERS = 128;
const DISTINCT_CHARACTERS = 4;

/** @throws ProblemError 422 `weak_password` naming the field `path`, for passwords that an attacker would try first */
export function checkPassword(
	password: string,
	{ name, email }: { name: string; email: string },
	path = "password",
): void {
	const message = weakness(password, { name, email });
	if (message === undefined) return;
	throw new ProblemError(422, "weak_password", `${message} Choose another one.`, { errors: [{ path, message }] });
}

function weakness(password: string, { name, email }: { name: string; email: string }): string | undefined {
	if (password.length < PASSWORD_MIN_CHARACTERS) {
		return `The password needs at least ${PASSWORD_MIN_CHARACTERS} characters.`;
	}
	if (password.length > PASSWORD_MAX_CHARACTERS) {
		return `The password may have at most ${PASSWORD_MAX_CHARACTERS} characters.`;
	}
	if (new Set(password).size < DISTINCT_CHARACTERS) return "The password uses too few different characters.";
	const guess = password.toLowerCase();
	if (guess === email.toLowerCase() || guess === name.toLowerCase()) {
		return "The password must not be your name or e-mail address.";
	}
	return undefined;
}
