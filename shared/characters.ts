/** What a reader sees of a character, as of Unicode 17. */
export type CharacterKind =
	/** Letters, digits, punctuation, symbols, and code points that are not assigned yet, so that new emoji work. */
	| "visible"
	/** Combines with the character before it. */
	| "mark"
	| "joiner"
	| "selector"
	| "space"
	| "control"
	/** Changes the direction of text. */
	| "direction"
	/** Invisible and without a use in a name. */
	| "hidden"
	/** Invisible, but allowed next to something visible: shapes its neighbours, fills a space, or is for private use. */
	| "unseen";

export interface Character {
	/** Its code point. */
	code: number;
	kind: CharacterKind;
}

// Luau has no Unicode properties, so each kind is a list of ranges: the first and last code point of each, ascending. A test
// compares them with Node's properties.

/** Cc, line and paragraph separators, surrogates. */
const CONTROLS = [0x0000, 0x001f, 0x007f, 0x009f, 0x2028, 0x2029, 0xd800, 0xdfff];

/** Bidi_Control. */
const DIRECTIONS = [0x061c, 0x061c, 0x200e, 0x200f, 0x202a, 0x202e, 0x2066, 0x2069];

/** Soft hyphen, zero-width space, word joiner, byte order mark, tags. */
const HIDDEN = [0x00ad, 0x00ad, 0x200b, 0x200b, 0x2060, 0x2060, 0xfeff, 0xfeff, 0xe0000, 0xe007f];

/** Zs. */
const SPACES = [
	0x0020, 0x0020, 0x00a0, 0x00a0, 0x1680, 0x1680, 0x2000, 0x200a, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000,
];

/** ZWNJ and ZWJ. */
const JOINERS = [0x200c, 0x200d];

/** Variation_Selector. */
const SELECTORS = [0x180b, 0x180d, 0x180f, 0x180f, 0xfe00, 0xfe0f, 0xe0100, 0xe01ef];

/** The rest of Default_Ignorable and Cf, the Braille blank, private use, noncharacters. */
const UNSEEN = [
	0x034f, 0x034f, 0x0600, 0x0605, 0x06dd, 0x06dd, 0x070f, 0x070f, 0x0890, 0x0891, 0x08e2, 0x08e2, 0x115f, 0x1160,
	0x17b4, 0x17b5, 0x180e, 0x180e, 0x2061, 0x2065, 0x206a, 0x206f, 0x2800, 0x2800, 0x3164, 0x3164, 0xe000, 0xf8ff,
	0xfdd0, 0xfdef, 0xffa0, 0xffa0, 0xfff0, 0xfffb, 0xfffe, 0xffff, 0x110bd, 0x110bd, 0x110cd, 0x110cd, 0x13430, 0x1343f,
	0x1bca0, 0x1bca3, 0x1d173, 0x1d17a, 0x1fffe, 0x1ffff, 0x2fffe, 0x2ffff, 0x3fffe, 0x3ffff, 0x4fffe, 0x4ffff, 0x5fffe,
	0x5ffff, 0x6fffe, 0x6ffff, 0x7fffe, 0x7ffff, 0x8fffe, 0x8ffff, 0x9fffe, 0x9ffff, 0xafffe, 0xaffff, 0xbfffe, 0xbffff,
	0xcfffe, 0xcffff, 0xdfffe, 0xdffff, 0xe0080, 0xe00ff, 0xe01f0, 0xe0fff, 0xefffe, 0x10ffff,
];

/**
 * Combining marks that draw over the character before them, whatever its script. The marks of single scripts (vowel signs and
 * the like) count as visible, because fonts draw them on a dotted circle.
 */
const MARKS = [
	0x0300, 0x034e, 0x0350, 0x036f, 0x0483, 0x0489, 0x0591, 0x05bd, 0x064b, 0x065f, 0x1ab0, 0x1aff, 0x1dc0, 0x1dff,
	0x20d0, 0x20ff, 0xfe20, 0xfe2f,
];

/** Whether a code point is in one of the ranges, by binary search. */
function within(bounds: readonly number[]): (code: number) => boolean {
	let count = 0;
	for (const _ of bounds) count += 1;
	return (code) => {
		let low = 0;
		let high = count;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((bounds[middle] ?? 0) < code) low = middle + 1;
			else high = middle;
		}
		// The first bound not below the code point is the end of its range, or the code point itself.
		return low % 2 === 1 || bounds[low] === code;
	};
}

const KINDS: readonly (readonly [CharacterKind, (code: number) => boolean])[] = [
	["mark", within(MARKS)],
	["space", within(SPACES)],
	["joiner", within(JOINERS)],
	["selector", within(SELECTORS)],
	["control", within(CONTROLS)],
	["direction", within(DIRECTIONS)],
	["hidden", within(HIDDEN)],
	["unseen", within(UNSEEN)],
];

export function characterOf(code: number): Character {
	for (const [kind, contains] of KINDS) {
		if (contains(code)) return { code, kind };
	}
	return { code, kind: "visible" };
}
