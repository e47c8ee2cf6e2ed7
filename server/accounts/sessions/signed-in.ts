import type { FastifyReply } from "fastify";

import type { Account } from "../../../shared/wire.ts";

/** The response that starts a session: Better Auth's cookies, and the account's public fields. */
export function signedIn(reply: FastifyReply, headers: Headers, { id, name, email }: Account) {
	return reply
		.header("set-cookie", headers.getSetCookie())
		.header("Cache-Control", "no-store")
		.send({ user: { id, name, email } });
}
