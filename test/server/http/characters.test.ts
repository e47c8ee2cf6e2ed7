import { expect, it } from "vitest";

import { type CharacterKind, characterOf } from "../../../shared/characters.ts";

const HIDDEN = /[\u00ad\u200b\u2060\ufeff\u{e0000}-\u{e007f}]/u;
const UNASSIGNED = /(?![\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}])\p{Cn}/u;
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;
const MARK = /(?!\p{Default_Ignorable_Code_Point})\p{M}/u;

/** The kind according to Unicode's properties in this version of Node. */
function kindByProperties(character: string): CharacterKind {
	if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(character)) return "control";
	if (/\p{Bidi_Control}/u.test(character)) return "direction";
	if (HIDDEN.test(character)) return "hidden";
	if (/\p{Join_Control}/u.test(character)) return "joiner";
	if (/\p{Variation_Selector}/u.test(character)) return "selector";
	if (/\p{Zs}/u.test(character)) return "space";
	return VISIBLE.test(character) ? "visible" : "unseen";
}

function findWrong(isWrong: (code: number, character: string) => boolean): string[] {
	const found: string[] = [];
	for (let code = 0; code <= 0x10ffff; code++) {
		if (isWrong(code, String.fromCodePoint(code))) found.push(`U+${code.toString(16)} ${characterOf(code).kind}`);
	}
	return found;
}

it("every assigned code point that is no mark has the kind that Unicode's properties say", () => {
	const isOther = (character: string) => !UNASSIGNED.test(character) && !MARK.test(character);
	expect(
		findWrong((code, character) => isOther(character) && characterOf(code).kind !== kindByProperties(character)),
	).toEqual([]);
});

it("a combining mark is a mark or, in a single script, visible", () => {
	const marks = ["\u0301", "\u0489", "\u05b0", "\u064e", "\u20e3", "\ufe20"];
	for (const mark of marks) expect(characterOf(mark.codePointAt(0) ?? 0).kind, JSON.stringify(mark)).toBe("mark");
	const kinds: CharacterKind[] = ["mark", "visible"];
	expect(findWrong((code, character) => MARK.test(character) && !kinds.includes(characterOf(code).kind))).toEqual([]);
	expect(
		findWrong((code, character) => characterOf(code).kind === "mark" && !/[\p{M}\p{Cn}]/u.test(character)),
	).toEqual([]);
});

// So that new emoji need no new tables.
it("an unassigned code point counts as visible, or as a mark among marks", () => {
	const known = ["visible", "mark"];
	expect(findWrong((code, character) => UNASSIGNED.test(character) && !known.includes(characterOf(code).kind))).toEqual(
		[],
	);
});

// So that trimming is the same everywhere, once forbidden characters are gone.
it("trimming removes spaces, and nothing else that a text may contain", () => {
	const trimmed = (_: number, character: string) => character.trim() === "";
	const others = findWrong((code, character) => trimmed(code, character) !== (characterOf(code).kind === "space"));
	expect(others).toEqual(
		["U+9", "U+a", "U+b", "U+c", "U+d", "U+2028", "U+2029"].map((code) => `${code} control`).concat("U+feff hidden"),
	);
});
