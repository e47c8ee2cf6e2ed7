import { characterOf } from "../../shared/characters.ts";
import { type TextFlaw, textFlaw } from "../../shared/text.ts";
import { invalidField } from "../errors/problem-error.ts";

/** Anything that could be a key, in either case: a reader could type an upper-case one in lower case. */
const KEY = /auxvyn_[0-9a-f]{60}/gi;
const REDACTED = "auxvyn_[redacted]";
/** What a key could be disguised with. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]/gu;

/** Also finds a key with invisible characters in it. */
export function containsKey(text: string): boolean {
	return text.replace(INVISIBLE, "").search(KEY) !== -1;
}

/** `text` with everything that could be a key redacted. */
export function redactKeys(text: string): string {
	return text.replace(KEY, REDACTED);
}

const ADVICE: Record<TextFlaw, string> = {
	control: "It must not contain control characters or line breaks. Remove them.",
	direction: "It must not contain characters that change the direction of text. Remove them.",
	hidden: "It contains invisible characters, such as a zero-width space. Remove them, or type it again.",
	loose: "It contains a joiner or variation selector with nothing to act on. Type it again.",
	unseen: "Nothing in it is visible. Use letters or digits.",
};

/** What is wrong with a trimmed text by the rule in `shared/text.ts`. */
export function flawOf(text: string): TextFlaw | undefined {
	return textFlaw(Array.from(text, (character) => characterOf(character.codePointAt(0) ?? 0)));
}

/**
 * A name or label as it is stored: trimmed, 1 to `maxCodePoints` code points, by the rule for text, and without a key.
 * @throws ProblemError 400 naming the field `path`, never repeating the text
 */
export function cleanText(value: string, { path, maxCodePoints }: { path: string; maxCodePoints: number }): string {
	const text = value.trim();
	if (text === "") throw invalidField(path, "It must not be empty.");
	const flaw = flawOf(text);
	if (flaw !== undefined) throw invalidField(path, ADVICE[flaw]);
	if (containsKey(text)) throw invalidField(path, "It contains an API key. Keys are secret: use a name instead.");
	if (Array.from(text).length > maxCodePoints) {
		throw invalidField(path, `It must not be longer than ${maxCodePoints} characters.`);
	}
	return text;
}
