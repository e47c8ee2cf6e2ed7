import { PASSWORD_MIN_CHARACTERS } from "../../shared/limits.ts";
import { PASSWORD_MAX_CHARACTERS } from "./auth.ts";
import { weakPassword as weak } from "./refusals.ts";

const DISTINCT_CHARACTERS = 4;

/** @throws ProblemError 422 `weak_password` for what a guesser tries first, naming the field `path` */
export function checkPassword(
	password: string,
	{ name, email }: { name: string; email: string },
	path = "password",
): void {
	const weakPassword = (message: string) => weak(message, path);
	if (password.length < PASSWORD_MIN_CHARACTERS) {
		throw weakPassword(`The password needs at least ${PASSWORD_MIN_CHARACTERS} characters.`);
	}
	if (password.length > PASSWORD_MAX_CHARACTERS) {
		throw weakPassword(`The password may have at most ${PASSWORD_MAX_CHARACTERS} characters.`);
	}
	if (new Set(password).size < DISTINCT_CHARACTERS) throw weakPassword("The password repeats too few characters.");
	const guess = password.toLowerCase();
	if (guess === email.toLowerCase() || guess === name.toLowerCase()) {
		throw weakPassword("The password must not be your name or e-mail address.");
	}
}
