import { PASSWORD_MIN_CHARACTERS } from "../../../shared/limits.ts";
import { ProblemError } from "../../errors/problem-error.ts";
import { isCommonPassword } from "./common-passwords.ts";

export const PASSWORD_MAX_CHARACTERS = 128;
const DISTINCT_CHARACTERS = 4;
/** A password needs this many characters besides a word that anyone could guess for this account. */
const OWN_CHARACTERS = 6;
/** Shorter names and parts of an address occur in good passwords by chance. */
const MIN_GUESSED_CHARACTERS = 4;

/** @throws ProblemError 422 `weak_password` naming the field `path`, for passwords that an attacker would try first */
export function checkPassword(
	password: string,
	{ name, email }: { name: string; email: string },
	path = "password",
): void {
	const message = weakness(password, { name, email });
	if (message === undefined) return;
	throw new ProblemError(422, "weak_password", message, { errors: [{ path, message }] });
}

function weakness(password: string, { name, email }: { name: string; email: string }): string | undefined {
	if (password.length < PASSWORD_MIN_CHARACTERS) {
		return `The password needs at least ${PASSWORD_MIN_CHARACTERS} characters.`;
	}
	if (password.length > PASSWORD_MAX_CHARACTERS) {
		return `The password may have at most ${PASSWORD_MAX_CHARACTERS} characters.`;
	}
	if (new Set(password).size < DISTINCT_CHARACTERS)
		return "The password uses too few different characters. Choose another one.";
	if (isCommonPassword(password)) return "This is one of the most common passwords. Choose another one.";
	const guess = password.toLowerCase();
	if (guess === email.toLowerCase() || guess === name.toLowerCase()) {
		return "The password must not be your name or e-mail address. Choose another one.";
	}
	if (restsOn(guess, [name, ...email.split("@")])) {
		return "The password is little more than your name or e-mail address. Choose another one.";
	}
	if (restsOn(guess, ["auxvyn"]))
		return "The password is little more than the name of this service. Choose another one.";
	return undefined;
}

/** True if a password consists of one of these words and a few more characters (ASVS 5.0, 6.2.11). */
function restsOn(guess: string, words: string[]): boolean {
	return words.some((each) => {
		const word = each.toLowerCase();
		if (word.length < MIN_GUESSED_CHARACTERS || !guess.includes(word)) return false;
		return guess.replaceAll(word, "").length < OWN_CHARACTERS;
	});
}
