/**
 * The key: `auxvyn_` + 60 lower-case hex characters. The first 52 are random, the last 8 are the CRC-32 (IEEE 802.3) of
 * those 52 characters' ASCII, so that a typo is recognized without a lookup.
 *
 * Runs in Node and, compiled by roblox-ts, in Studio, so it uses only what both have.
 */
export const KEY_PREFIX = "auxvyn_";
export const KEY_RANDOM_CHARACTERS = 52;
export const KEY_CHARACTERS = 67;

/** The last four characters of a key, which may be shown. */
export const KEY_HINT_CHARACTERS = 4;

const ASCII: Record<string, number> = {
	"0": 48,
	"1": 49,
	"2": 50,
	"3": 51,
	"4": 52,
	"5": 53,
	"6": 54,
	"7": 55,
	"8": 56,
	"9": 57,
	a: 97,
	b: 98,
	c: 99,
	d: 100,
	e: 101,
	f: 102,
};
const HEX = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f"];
const POLYNOMIAL = 0xedb88320;

function crc32Step(crc: number, byte: number): number {
	let register = (crc ^ byte) >>> 0;
	for (let bit = 0; bit < 8; bit++) {
		register = (register & 1) === 1 ? ((register >>> 1) ^ POLYNOMIAL) >>> 0 : register >>> 1;
	}
	return register;
}

/** The eight checksum characters for `random`, or undefined if it is not lower-case hex. */
export function keyChecksum(random: string): string | undefined {
	let crc = 0xffffffff;
	for (const character of random) {
		const byte = ASCII[character];
		if (byte === undefined) return undefined;
		crc = crc32Step(crc, byte);
	}
	crc = (crc ^ 0xffffffff) >>> 0;
	let text = "";
	for (let shift = 28; shift >= 0; shift -= 4) text += HEX[(crc >>> shift) & 15] ?? "";
	return text;
}

/** The key for 52 random hex characters, or undefined if `random` is anything else. */
export function formatKey(random: string): string | undefined {
	const checksum = keyChecksum(random);
	if (checksum === undefined) return undefined;
	const key = `${KEY_PREFIX}${random}${checksum}`;
	return isWellFormedKey(key) ? key : undefined;
}

/** Checks prefix, length, alphabet and checksum, not whether the key was ever issued. */
export function isWellFormedKey(text: string): boolean {
	let index = 0;
	let read = "";
	let prefix = "";
	let random = "";
	let checksum = "";
	for (const character of text) {
		if (index < 7) prefix += character;
		else if (index < 59) random += character;
		else if (index < KEY_CHARACTERS) checksum += character;
		else return false;
		read += character;
		index += 1;
	}
	// Luau's iteration skips bytes that are not UTF-8: what was read must equal the whole text.
	return read === text && index === KEY_CHARACTERS && prefix === KEY_PREFIX && keyChecksum(random) === checksum;
}

/** A key as lists show it: `auxvyn_…a1b2`. */
export function displayHint(hint: string): string {
	return `${KEY_PREFIX}…${hint}`;
}
