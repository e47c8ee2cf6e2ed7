import { KEY_PREFIX } from "../../../shared/key-format.ts";

/** The key that a request presents: one, none, or two that differ. */
export type PresentedKey = string | undefined | typeof CONFLICT;
export const CONFLICT = Symbol("two different keys");

const BEARER = /^bearer +(.+)$/i;

/**
 * Reads `x-api-key` and `Authorization: Bearer` (RFC 6750 §2.1), ignoring other schemes. What does not begin like a key
 * may be a secret of the API behind the proxy: it counts only if there is nothing else. Takes the raw headers, because
 * Node drops a repeated Authorization header.
 */
export function presentedKey(rawHeaders: readonly string[]): PresentedKey {
	let key: string | undefined;
	let other: string | undefined;
	for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
		const value = valueIn(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
		if (value === undefined || value === "") continue;
		if (!value.startsWith(KEY_PREFIX)) other = value;
		else if (key !== undefined && key !== value) return CONFLICT;
		else key = value;
	}
	return key ?? other;
}

function valueIn(name: string, value: string): string | undefined {
	// Compare lengths first: lower-casing every header name would cost more than hashing the key.
	if (name.length === 9 && name.toLowerCase() === "x-api-key") return value;
	if (name.length === 13 && name.toLowerCase() === "authorization") return BEARER.exec(value)?.[1];
	return undefined;
}
