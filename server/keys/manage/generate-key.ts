import { randomBytes } from "node:crypto";

import { formatKey, KEY_HINT_CHARACTERS, KEY_RANDOM_CHARACTERS } from "../../../shared/key-format.ts";

/** A new raw key. */
export function generateKey(): string {
	return keyFromBytes(randomBytes(KEY_RANDOM_CHARACTERS / 2));
}

/** Formats the first 26 bytes as a key. @throws RangeError for fewer */
export function keyFromBytes(bytes: Buffer): string {
	const key = formatKey(bytes.toString("hex").slice(0, KEY_RANDOM_CHARACTERS));
	if (key === undefined) throw new RangeError("A key needs 26 random bytes.");
	return key;
}

export function hintOf(key: string): string {
	return key.slice(-KEY_HINT_CHARACTERS);
}
