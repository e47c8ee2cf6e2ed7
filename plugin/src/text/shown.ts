/** Text that others wrote, such as servers, Studio, or whoever named an Instance, as it may be shown or sent on. */
const MOST_CHARACTERS = 100;
/** For a text that explains something. */
export const SENTENCE_CHARACTERS = 300;

const KEY_LIKE = "[Aa][Uu][Xx][Vv][Yy][Nn]_%x+";

function isControl(code: number): boolean {
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029;
}

/** Characters that turn the direction of the text around them, so that something else is read than stands there. */
function isBidi(code: number): boolean {
	return (
		code === 0x061c ||
		(code >= 0x200e && code <= 0x200f) ||
		(code >= 0x202a && code <= 0x202e) ||
		(code >= 0x2066 && code <= 0x2069)
	);
}

/** The text's characters, with others in the place of control and bidi ones; undefined where it is not UTF-8. */
function characters(text: string, control: string, bidi: string): string[] | undefined {
	if (utf8.len(text)[0] === undefined) return undefined;
	const kept: string[] = [];
	for (const [, code] of utf8.codes(text)) {
		const character = isControl(code) ? control : isBidi(code) ? bidi : utf8.char(code);
		if (character !== "") kept.push(character);
	}
	return kept;
}

function first(kept: string[], most: number): string {
	return kept.filter((_, index) => index < most).join("");
}

/** Any text without keys, and without what may be a part of one. */
export function redactKeys(text: string): string {
	return text.gsub(KEY_LIKE, "auxvyn_…")[0];
}

/** In one line, in one direction, without keys, and short. */
export function shown(text: string, most = MOST_CHARACTERS): string {
	const [ascii] = text.gsub("[^%g%s%c]", "?");
	const plain = (characters(text, " ", "\u{fffd}") ?? characters(ascii, " ", "") ?? []).join("");
	const kept = characters(redactKeys(plain).gsub("%s+", " ")[0], " ", "") ?? [];
	return kept.size() <= most ? kept.join("") : `${first(kept, most - 1)}…`;
}

/** The first sentence of a text, or all of it. */
export function firstSentence(text: string): string {
	const [sentence] = text.match("^(.-[%.!?])%s");
	return sentence === undefined ? text : (sentence as string);
}

/** Without keys, control and bidi characters, and space around it; undefined where nothing is left, or it is not UTF-8. */
export function printable(text: string, most: number): string | undefined {
	const kept = characters(redactKeys(text), "", "");
	if (kept === undefined) return undefined;
	const [trimmed] = first(kept, most).match("^%s*(.-)%s*$");
	return trimmed === undefined || trimmed === "" ? undefined : (trimmed as string);
}
