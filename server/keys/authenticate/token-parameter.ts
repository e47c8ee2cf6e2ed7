import type { FastifyRequest } from "fastify";
import { Type } from "typebox";

import { ProblemError, tooManyRequests } from "../../errors/problem-error.ts";
import { clientAddress } from "../../http/address.ts";
import type { Limit } from "../../http/limits.ts";

/** For the description of a route; other parameters are ignored (RFC 7009 §2.1, RFC 7662 §2.1). */
export const TokenForm = Type.Object({
	token: Type.String({ minLength: 1, description: "The key" }),
	token_type_hint: Type.Optional(Type.String({ description: "Ignored" })),
});

/** Reads `token` from the form (RFC 7009 §2.1, RFC 7662 §2.1). @throws ProblemError 400 */
export function tokenParameter(request: FastifyRequest): string {
	const token = (request.body as { token?: unknown } | undefined)?.token;
	if (typeof token === "string" && token !== "") return token;
	throw new ProblemError(400, "invalid_request", "The token parameter is missing. Send it once, form-encoded.");
}

/** @throws ProblemError 429 */
export function countFailure(request: FastifyRequest, failures: Limit): void {
	const wait = failures.take(clientAddress(request));
	if (wait !== undefined) throw tooManyRequests(wait, "Too many failed attempts from this address. Try again later.");
}
