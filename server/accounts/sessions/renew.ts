import type { FastifyReply, FastifyRequest } from "fastify";

import type { Auth } from "./auth.ts";
import { fromAuthError } from "./auth-errors.ts";
import { authHeaders, type FoundSession } from "./session.ts";

/** Renews a session in use, at most once an hour. The request is served even if that fails. */
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
