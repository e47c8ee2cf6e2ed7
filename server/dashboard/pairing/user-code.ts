import { USER_CODE_ALPHABET, USER_CODE_CHARACTERS } from "../../../shared/limits.ts";

const HALF = USER_CODE_CHARACTERS / 2;

/** What was typed, without case, dashes and spaces. */
function bare(typed: string): string {
	return typed.toUpperCase().replace(/[\s\p{Pd}_.]/gu, "");
}

/** `XXXX-XXXX`, or undefined where this cannot be a code. */
export function readUserCode(typed: string): string | undefined {
	const letters = bare(typed);
	const known = [...letters].every((letter) => USER_CODE_ALPHABET.includes(letter));
	if (!known || letters.length !== USER_CODE_CHARACTERS) return undefined;
	return `${letters.slice(0, HALF)}-${letters.slice(HALF)}`;
}

/** What keeps it from being a code, in words. */
export function userCodeProblem(typed: string): string | undefined {
	if (readUserCode(typed) !== undefined) return undefined;
	const letters = [...bare(typed)];
	if (letters.length === 0) return "Type the code that Studio shows.";
	const strange = letters.find((letter) => !USER_CODE_ALPHABET.includes(letter));
	if (strange !== undefined) return `“${strange}” is in no code: compare it with Studio once more.`;
	return `A code has ${USER_CODE_CHARACTERS} letters; this has ${letters.length}.`;
}
