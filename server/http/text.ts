import { VISIBLE } from "../../shared/visible.ts";
import { invalidField } from "../errors/problem-error.ts";

const SEEN = new RegExp(VISIBLE, "u");

/** Anything that could be a key, in either case: upper-case hex is a key to whoever can type. */
const KEY = /auxvyn_[0-9a-f]{60}/gi;
/** Control characters, and half of a surrogate pair, which no UTF-8 can hold. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;
const REDACTED = "auxvyn_[redacted]";

export function containsKey(text: string): boolean {
	return text.search(KEY) !== -1;
}

/** `text` with everything that might be a key struck out. */
export function redactKeys(text: string): string {
	return text.replace(KEY, REDACTED);
}

/**
 * A name or label as it is kept: trimmed, of 1 to `maxCodePoints` code points, printable, to be seen, and no key in it.
 * @throws ProblemError 400 naming the field `path`, never repeating the text
 */
export function cleanText(value: string, { path, maxCodePoints }: { path: string; maxCodePoints: number }): string {
	const text = value.trim();
	if (text === "") throw invalidField(path, "It must not be empty.");
	if (UNPRINTABLE.test(text)) throw invalidField(path, "It must not contain control characters.");
	if (!SEEN.test(text)) throw invalidField(path, "Nothing of it can be seen. Give it letters or digits.");
	if (containsKey(text)) throw invalidField(path, "It contains an API key. Keys are secret: give a name instead.");
	if (Array.from(text).length > maxCodePoints) {
		throw invalidField(path, `It must not be longer than ${maxCodePoints} characters.`);
	}
	return text;
}
