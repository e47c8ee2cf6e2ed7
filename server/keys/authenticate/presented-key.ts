/** The key that a request presents: one, none, or two that differ. */
export type PresentedKey = string | undefined | typeof CONFLICT;
export const CONFLICT = Symbol("two different keys");

const BEARER = /^bearer +(.+)$/i;

/**
 * Reads `x-api-key` and `Authorization: Bearer` (RFC 6750 §2.1), ignoring other schemes. Takes the raw headers, because
 * Node drops a repeated Authorization header.
 */
export function presentedKey(rawHeaders: readonly string[]): PresentedKey {
	let presented: string | undefined;
	for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
		const key = keyIn(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
		if (key === undefined || key === "") continue;
		if (presented !== undefined && presented !== key) return CONFLICT;
		presented = key;
	}
	return presented;
}

function keyIn(name: string, value: string): string | undefined {
	// Compare lengths first: lower-casing every header name would cost more than hashing the key.
	if (name.length === 9 && name.toLowerCase() === "x-api-key") return value;
	if (name.length === 13 && name.toLowerCase() === "authorization") return BEARER.exec(value)?.[1];
	return undefined;
}
