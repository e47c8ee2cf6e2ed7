import { type Character, characterOf } from "../../../shared/characters.js";
import { cutText, dropLoose, fitText, forbiddenKind } from "../../../shared/text.js";

/** Cleans up untrusted text (from servers, Studio or Instance names) before it is shown or sent. */
const MAX_CHARACTERS = 100;
/** For explanations. */
export const SENTENCE_CHARACTERS = 300;

const KEY_LIKE = "[Aa][Uu][Xx][Vv][Yy][Nn]_%x+";
const SPACE = characterOf(0x20);
/** Shows that something was there that changes the direction of text. */
const REPLACEMENT = characterOf(0xfffd);

/** Undefined if the text is not UTF-8. */
function charactersOf(text: string): Character[] | undefined {
	if (utf8.len(text)[0] === undefined) return undefined;
	const characters: Character[] = [];
	for (const [, code] of utf8.codes(text)) characters.push(characterOf(code));
	return characters;
}

function toText(characters: Character[]): string {
	return characters.map(({ code }) => utf8.char(code)).join("");
}

/** Replaces or removes what the rule for text forbids. */
function showable(characters: Character[]): Character[] {
	const shown: Character[] = [];
	for (const character of characters) {
		const forbidden = forbiddenKind(character);
		if (forbidden === undefined) shown.push(character);
		else if (forbidden === "control") shown.push(SPACE);
		else if (forbidden === "direction") shown.push(REPLACEMENT);
	}
	return dropLoose(shown);
}

/** Replaces keys, and anything that could be part of one. */
export function redactKeys(text: string): string {
	return text.gsub(KEY_LIKE, "auxvyn_…")[0];
}

/** Finds keys also where something invisible separates their characters. */
function withoutKeys(characters: Character[]): Character[] {
	const visible = toText(characters.filter(({ kind }) => kind === "visible" || kind === "space"));
	const redacted = redactKeys(visible);
	return redacted === visible ? characters : (charactersOf(redacted) ?? []);
}

/** Most names are: printable ASCII with single spaces, and no key. */
function isPlain(text: string): boolean {
	if (text.match("^[%w%p][%w%p ]*$")[0] === undefined || text.sub(-1) === " ") return false;
	return text.find("  ", 1, true)[0] === undefined && text.match(KEY_LIKE)[0] === undefined;
}

/** One line, one text direction, no keys, at most `max` characters. */
export function displayText(text: string, max = MAX_CHARACTERS): string {
	if (text.size() <= max && isPlain(text)) return text;
	const [ascii] = text.gsub("[^%g%s%c]", "?");
	const plain = toText(withoutKeys(showable(charactersOf(text) ?? charactersOf(ascii) ?? [])));
	const line = cutText(charactersOf(plain.gsub("%s+", " ")[0]) ?? []);
	return line.size() <= max ? toText(line) : `${toText(cutText(line, max - 1))}…`;
}

/** The first sentence of a text, or all of it. */
export function firstSentence(text: string): string {
	const [sentence] = text.match("^(.-[%.!?])%s");
	return sentence === undefined ? text : (sentence as string);
}

/**
 * What the rule for text leaves of a text, without keys and at most `max` characters long; undefined if that is nothing,
 * or the text is not UTF-8.
 */
export function cleanText(text: string, max: number): string | undefined {
	const fitted = fitText(withoutKeys(fitText(charactersOf(text) ?? [])), max);
	return fitted.isEmpty() ? undefined : toText(fitted);
}
