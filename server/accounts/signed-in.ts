import type { FastifyReply } from "fastify";
import { Type } from "typebox";

export const credentials = { email: Type.String(), password: Type.String(), rememberMe: Type.Optional(Type.Boolean()) };
export const userSchema = Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() });
export const signedInSchema = Type.Object({ user: userSchema });

/** The answer that begins a session: Better Auth's cookies, and of the user what everybody may know. */
export function signedIn(
	reply: FastifyReply,
	headers: Headers,
	{ id, name, email }: { id: string; name: string; email: string },
) {
	return reply
		.header("set-cookie", headers.getSetCookie())
		.header("Cache-Control", "no-store")
		.send({ user: { id, name, email } });
}
