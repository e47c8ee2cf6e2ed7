import type { FastifyReply } from "fastify";

import type { Account } from "../../../shared/wire.ts";

/** The answer that begins a session: Better Auth's cookies, and the public part of the user. */
export function signedIn(reply: FastifyReply, headers: Headers, { id, name, email }: Account) {
	return reply
		.header("set-cookie", headers.getSetCookie())
		.header("Cache-Control", "no-store")
		.send({ user: { id, name, email } });
}
