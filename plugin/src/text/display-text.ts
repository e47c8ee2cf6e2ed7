/** Cleans up untrusted text (from servers, Studio or Instance names) before it is shown or sent. */
const MAX_CHARACTERS = 100;
/** For explanations. */
export const SENTENCE_CHARACTERS = 300;

const KEY_LIKE = "[Aa][Uu][Xx][Vv][Yy][Nn]_%x+";

function isControl(code: number): boolean {
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029;
}

/** Bidi controls can make text read differently from what it says. */
function isBidi(code: number): boolean {
	return (
		code === 0x061c ||
		(code >= 0x200e && code <= 0x200f) ||
		(code >= 0x202a && code <= 0x202e) ||
		(code >= 0x2066 && code <= 0x2069)
	);
}

/** The text's characters, with control and bidi characters replaced; undefined if it is not UTF-8. */
function characters(text: string, control: string, bidi: string): string[] | undefined {
	if (utf8.len(text)[0] === undefined) return undefined;
	const kept: string[] = [];
	for (const [, code] of utf8.codes(text)) {
		const character = isControl(code) ? control : isBidi(code) ? bidi : utf8.char(code);
		if (character !== "") kept.push(character);
	}
	return kept;
}

function first(kept: string[], max: number): string {
	return kept.filter((_, index) => index < max).join("");
}

/** Replaces keys, and anything that could be part of one. */
export function redactKeys(text: string): string {
	return text.gsub(KEY_LIKE, "auxvyn_…")[0];
}

/** One line, one text direction, no keys, at most `max` characters. */
export function displayText(text: string, max = MAX_CHARACTERS): string {
	const [ascii] = text.gsub("[^%g%s%c]", "?");
	const plain = (characters(text, " ", "\u{fffd}") ?? characters(ascii, " ", "") ?? []).join("");
	const kept = characters(redactKeys(plain).gsub("%s+", " ")[0], " ", "") ?? [];
	return kept.size() <= max ? kept.join("") : `${first(kept, max - 1)}…`;
}

/** The first sentence of a text, or all of it. */
export function firstSentence(text: string): string {
	const [sentence] = text.match("^(.-[%.!?])%s");
	return sentence === undefined ? text : (sentence as string);
}

/** Removes keys, control and bidi characters, and trims; undefined if nothing is left or it is not UTF-8. */
export function cleanText(text: string, max: number): string | undefined {
	const kept = characters(redactKeys(text), "", "");
	if (kept === undefined) return undefined;
	const [trimmed] = first(kept, max).match("^%s*(.-)%s*$");
	return trimmed === undefined || trimmed === "" ? undefined : (trimmed as string);
}
