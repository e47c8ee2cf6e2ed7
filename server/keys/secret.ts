import { hash, randomBytes } from "node:crypto";

import { formatKey, KEY_HINT_CHARACTERS, KEY_RANDOM_CHARACTERS } from "../../shared/key-format.ts";

/** A new key, as only its owner will ever see it. */
export function generateKey(): string {
	return keyFromBytes(randomBytes(KEY_RANDOM_CHARACTERS / 2));
}

/** The key whose random part is the first 26 bytes. */
export function keyFromBytes(bytes: Buffer): string {
	const key = formatKey(bytes.toString("hex").slice(0, KEY_RANDOM_CHARACTERS));
	if (key === undefined) throw new RangeError("A key needs 26 random bytes.");
	return key;
}

/** SHA-256 in hex: 208 random bits need no salt (OWASP ASVS 6.5.2). */
export function digestOf(key: string): string {
	return hash("sha256", key, "hex");
}

/** The first eight bytes of a digest as SQLite's signed 64-bit row id. */
export function digestPrefix(digest: string): bigint {
	return BigInt.asIntN(64, BigInt(`0x${digest.slice(0, 16)}`));
}

export function hintOf(key: string): string {
	return key.slice(-KEY_HINT_CHARACTERS);
}
