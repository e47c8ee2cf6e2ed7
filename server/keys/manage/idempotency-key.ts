import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

import { invalidField } from "../../errors/problem-error.ts";
import type { RepeatableRequest } from "./creation-requests.store.ts";

/** Node joins repeated headers by ", ", which has a space. */
const VISIBLE_ASCII = /^[!-~]{1,255}$/;

/**
 * What identifies a request with an `Idempotency-Key`; null without one. Bodies are the same if they have the same fields,
 * in any order.
 * @throws ProblemError 400 for a malformed one
 */
export function readIdempotencyKey(headers: IncomingHttpHeaders, body: object): RepeatableRequest | null {
	const value = headers["idempotency-key"];
	if (value === undefined) return null;
	if (typeof value !== "string" || !VISIBLE_ASCII.test(value)) {
		throw invalidField("Idempotency-Key", "Send one value of 1 to 255 visible ASCII characters, such as a UUID.");
	}
	const fields = Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1));
	return { requestHash: hash("sha256", value, "hex"), bodyHash: hash("sha256", JSON.stringify(fields), "hex") };
}
