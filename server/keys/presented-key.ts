import type { IncomingHttpHeaders } from "node:http";

/** Which key a request presents: one, none (`undefined`), or two that differ. */
export type PresentedKey = string | undefined | typeof CONFLICT;
export const CONFLICT = Symbol("two different keys");

const BEARER = /^bearer +(.+)$/i;

/** Reads `x-api-key` and `Authorization: Bearer` (RFC 6750 §2.1). Another scheme counts as none. */
export function presentedKey(headers: IncomingHttpHeaders): PresentedKey {
	const apiKey = headers["x-api-key"];
	const authorization = headers.authorization;
	const own = typeof apiKey === "string" && apiKey !== "" ? apiKey : undefined;
	if (authorization === undefined) return own;
	const bearer = BEARER.exec(authorization)?.[1];
	if (bearer === undefined) return own;
	return own === undefined || own === bearer ? bearer : CONFLICT;
}
