import { hash } from "node:crypto";

/** SHA-256 in hex. Unsalted, since keys have 208 random bits (OWASP ASVS 6.5.2). */
export function digestOf(key: string): string {
	return hash("sha256", key, "hex");
}

/** The first eight bytes of a digest as a signed 64-bit integer, which is the fastest primary key. */
export function digestPrefix(digest: string): bigint {
	return BigInt.asIntN(64, BigInt(`0x${digest.slice(0, 16)}`));
}
