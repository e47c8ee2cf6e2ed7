import { USER_CODE_ALPHABET, USER_CODE_CHARACTERS } from "../../../shared/limits.ts";
import { foldText } from "../../folded-text.ts";

const HALF = USER_CODE_CHARACTERS / 2;

/** The input in upper case and plain letters, without dashes, spaces, quotes and the like. */
function normalize(typed: string): string {
	return foldText(typed)
		.replace(/[\s\p{P}]/gu, "")
		.toUpperCase();
}

/** `XXXX-XXXX`, or undefined if the input cannot be a user code. */
export function readUserCode(typed: string): string | undefined {
	const letters = normalize(typed);
	const known = [...letters].every((letter) => USER_CODE_ALPHABET.includes(letter));
	if (!known || letters.length !== USER_CODE_CHARACTERS) return undefined;
	return `${letters.slice(0, HALF)}-${letters.slice(HALF)}`;
}

/** Why the input cannot be a user code, for the user. */
export function userCodeProblem(typed: string): string | undefined {
	if (readUserCode(typed) !== undefined) return undefined;
	const letters = [...normalize(typed)];
	if (letters.length === 0) return "Enter the code that Studio shows.";
	const unknown = letters.find((letter) => !USER_CODE_ALPHABET.includes(letter));
	if (unknown !== undefined) return `“${unknown}” is not used in codes. Check the code in Studio.`;
	return `A code has ${USER_CODE_CHARACTERS} letters; this one has ${letters.length}.`;
}
