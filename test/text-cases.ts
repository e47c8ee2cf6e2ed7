import { type Character, characterOf } from "../shared/characters.ts";
import type { TextFlaw } from "../shared/text.ts";

const KEY = `auxvyn_${"0a".repeat(30)}`;

/** Texts that are kept as they are. */
export const ACCEPTED: [what: string, text: string][] = [
	["a word", "Production"],
	["words and signs", "Café (test) <b>&amp; #2"],
	["signs alone", "!?"],
	["Japanese", "日本語"],
	["Hebrew and Arabic", "שלום العربية"],
	["Thai", "ที่ร้าน"],
	["an accent of its own", "Cafe\u0301"],
	["Persian with a ZWNJ", "می\u200cخواهم"],
	["Hindi with a ZWJ behind a virama", "क्\u200dष"],
	["Bengali with a ZWJ before a virama", "র\u200d্যাব"],
	["Mongolian with a variation selector", "ᠠ\u180bᠨ"],
	["an ideograph's variant", "葛\u{e0100}城"],
	["an emoji that ends in a variation selector", "❤\ufe0f"],
	["the same inside a text", "I ❤\ufe0f it"],
	["an emoji joined with another", "👩\u200d🚀"],
	["a family", "👨\u200d👩\u200d👧"],
	["a joiner behind a variation selector", "🏳\ufe0f\u200d🌈"],
	["a variation selector on either side of a joiner", "👁\ufe0f\u200d🗨\ufe0f"],
	["a keycap", "1\ufe0f\u20e3"],
	["a skin tone", "👍🏽"],
	["a skin tone before a joiner", "👩🏽\u200d🚀"],
	["a flag", "🇯🇵"],
	["what Unicode may assign some day", "\u0378"],
	["a blank beside a letter", "a\u3164b"],
	["64 code points", "🔑".repeat(64)],
];

/** Trimmed texts that are refused, and why. */
export const REFUSED: [what: string, text: string, flaw: TextFlaw][] = [
	["nothing", "", "unseen"],
	["a control character", "a\u0000b", "control"],
	["a control character of C1", "a\u0085b", "control"],
	["a line break", "a\nb", "control"],
	["a line separator", "a\u2028b", "control"],
	["a paragraph separator", "a\u2029b", "control"],
	["half of a surrogate pair", "a\ud83d", "control"],
	["an override of the direction", "a\u202eb", "direction"],
	["an embedding", "a\u202ab", "direction"],
	["an isolate", "a\u2066b\u2069", "direction"],
	["a left-to-right mark", "a\u200eb", "direction"],
	["a right-to-left mark", "a\u200fb", "direction"],
	["an Arabic letter mark", "a\u061cb", "direction"],
	["a zero-width space", "a\u200bb", "hidden"],
	["a word joiner", "a\u2060b", "hidden"],
	["a byte order mark inside", "a\ufeffb", "hidden"],
	["a soft hyphen", "a\u00adb", "hidden"],
	["a tag", "a\u{e0041}b", "hidden"],
	["a flag made of tags", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", "hidden"],
	["a joiner at the end", "👩\u200d", "loose"],
	["a joiner at the beginning", "\u200d👩", "loose"],
	["a joiner before a space", "a\u200d b", "loose"],
	["two joiners", "a\u200d\u200cb", "loose"],
	["a joiner between blanks", "a \u200c b", "loose"],
	["a variation selector at the beginning", "\ufe0fa", "loose"],
	["a variation selector behind a space", "a \ufe0f", "loose"],
	["two variation selectors, which could hide a message", "a\ufe0f\u{e0101}", "loose"],
	["a variation selector behind a joiner", "a\u200d\ufe0fb", "loose"],
	["joiners and selectors alone", "\u200d\ufe0f", "loose"],
	["blanks that pass for letters and signs", "\u3164\u2800\uffa0", "unseen"],
	["a mark with no letter", "\u0301", "unseen"],
	["private use alone", "\ue000", "unseen"],
	["what shapes its neighbours, alone", "\u034f\u2061", "unseen"],
];

/** What is refused as a label or name, be it for its length or for a key in it. */
export const NOT_KEPT: [what: string, text: string][] = [
	...REFUSED.map(([what, text]): [string, string] => [what, text]),
	["65 code points", "🔑".repeat(65)],
	["a key", `my ${KEY}!`],
	["a key in capitals", KEY.toUpperCase()],
	["a key with a variation selector in it", KEY.replace("0a0a", "0a\ufe0f0a")],
	["a key with an invisible joiner in it", KEY.replace("n_", "n\u034f_")],
];

/** What is left of a text that is made to fit. */
export const FITTED: [source: string, fitted: string][] = [
	["  Crystal Caverns\u00a0\u3000", "Crystal Caverns"],
	["Line\nbreak", "Linebreak"],
	["Right\u202eto left", "Rightto left"],
	["\ufeffSoft\u00adly\u200b", "Softly"],
	["England 🏴\u{e0067}\u{e007f}", "England 🏴"],
	["👩\u200d", "👩"],
	["👩\u200d\u202e🚀", "👩\u200d🚀"],
	["\u200c \u200da\ufe0f\ufe0f\u200d\u200d b", "a\ufe0f b"],
	["\u200b\u3164", ""],
	["\u202e\u0000", ""],
];

export function charactersOf(text: string): Character[] {
	return Array.from(text, (character) => characterOf(character.codePointAt(0) ?? 0));
}

const POOL = charactersOf(
	"ab 1é日👩❤🏽\u0301\u094d\u20e3\u200c\u200d\u200c\u200d\ufe0f\ufe0e\u180b\u{e0100}\u200b\u202e\u2066\u00ad\u0000\n" +
		"\u2028\u00a0\u3000\ufeff\u3164\u034f\ue000\u0378\ud83d\u{e0041}",
);

/** Texts of up to eight characters, mostly odd ones, always the same. */
export function oddTexts(count: number): Character[][] {
	let seed = 1;
	const below = (limit: number) => {
		seed = (seed * 48271) % 0x7fffffff;
		return seed % limit;
	};
	return Array.from({ length: count }, () =>
		Array.from({ length: below(9) }, () => POOL[below(POOL.length)] ?? characterOf(0)),
	);
}
