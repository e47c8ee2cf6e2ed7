import type { FastifyReply, FastifyRequest } from "fastify";

import type { Auth } from "./auth.ts";
import { fromAuthError } from "./auth-errors.ts";
import { authHeaders, type FoundSession } from "./session.ts";

/** Extends a session that is in use, at most once an hour. Failing to is no reason to refuse the request. */
export async function renewIfDue(
	auth: Auth,
	session: FoundSession,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<void> {
	if (!session.needsRenewal) return;
	try {
		const headers = authHeaders(request);
		const renewed = await auth.api.getSession({ method: "POST", headers, returnHeaders: true });
		reply.header("set-cookie", renewed.headers.getSetCookie());
	} catch (error) {
		request.log.warn({ err: fromAuthError(error) }, "session not renewed");
	}
}
