import { expect, it } from "vitest";

import { type CharacterKind, characterOf } from "../../../shared/characters.ts";

const HIDDEN = /[\u00ad\u200b\u2060\ufeff\u{e0000}-\u{e007f}]/u;
const UNASSIGNED = /(?![\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}])\p{Cn}/u;
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;
const MARK = /(?!\p{Default_Ignorable_Code_Point})\p{M}/u;

/** By Unicode's properties, as this version of Node knows them. */
function kindByProperties(character: string): CharacterKind {
	if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(character)) return "control";
	if (/\p{Bidi_Control}/u.test(character)) return "direction";
	if (HIDDEN.test(character)) return "hidden";
	if (/\p{Join_Control}/u.test(character)) return "joiner";
	if (/\p{Variation_Selector}/u.test(character)) return "selector";
	if (/\p{Zs}/u.test(character)) return "space";
	if (MARK.test(character)) return "mark";
	return VISIBLE.test(character) ? "visible" : "unseen";
}

function wrongly(isWrong: (code: number, character: string) => boolean): string[] {
	const found: string[] = [];
	for (let code = 0; code <= 0x10ffff; code++) {
		if (isWrong(code, String.fromCodePoint(code))) found.push(`U+${code.toString(16)} ${characterOf(code).kind}`);
	}
	return found;
}

// A newer Unicode assigns marks that are found here: add them to shared/characters.ts.
it("every assigned code point is of the kind that Unicode's properties say", () => {
	expect(
		wrongly((code, character) => !UNASSIGNED.test(character) && characterOf(code).kind !== kindByProperties(character)),
	).toEqual([]);
});

// So that tomorrow's emoji need no new tables. Some are marks where Node knows an older Unicode than the tables do.
it("an unassigned code point counts as visible", () => {
	const known = process.versions.unicode === "17.0" ? ["visible"] : ["visible", "mark"];
	expect(wrongly((code, character) => UNASSIGNED.test(character) && !known.includes(characterOf(code).kind))).toEqual(
		[],
	);
});

// So that trimming is the same everywhere, once what is forbidden is gone.
it("trimming removes spaces, and nothing else that may stand in a text", () => {
	const trimmed = (_: number, character: string) => character.trim() === "";
	const others = wrongly((code, character) => trimmed(code, character) !== (characterOf(code).kind === "space"));
	expect(others).toEqual(
		["U+9", "U+a", "U+b", "U+c", "U+d", "U+2028", "U+2029"].map((code) => `${code} control`).concat("U+feff hidden"),
	);
});
