import { randomBytes } from "node:crypto";

const LETTERS_AND_DIGITS = "0123456789abcdefghijklmnopqrstuv";
const ID_CHARACTERS = 20;

/** `prefix_` + 20 letters and digits: 100 random bits. */
export function newId(prefix: "key" | "ws" | "pair" | "inv" | "bk"): string {
	let text = `${prefix}_`;
	for (const byte of randomBytes(ID_CHARACTERS)) text += LETTERS_AND_DIGITS.charAt(byte & 31);
	return text;
}
