import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { isoTime } from "../clock.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { clientAddress } from "../http/address.ts";
import { PASSWORD_MAX_CHARACTERS } from "./auth.ts";
import { withOurErrors } from "./auth-errors.ts";
import { passwordHashByEmail } from "./credentials.store.ts";
import { cleanEmail } from "./email.ts";
import type { AccountParts } from "./parts.ts";
import { invalidCredentials } from "./refusals.ts";
import { renewWhereDue } from "./renew.ts";
import { endSessionOf } from "./session-list.store.ts";
import { endSurplusSessions, hasTooManySessions } from "./session-tidying.store.ts";
import { authHeaders } from "./sessions.ts";
import { credentials, signedIn, signedInSchema, userSchema } from "./signed-in.ts";

const signInSchema = Type.Object(credentials, { additionalProperties: false });
const sessionSchema = Type.Union([
	Type.Object({ user: userSchema, session: Type.Object({ expiresAt: Type.String() }) }),
	Type.Null(),
]);

/** The few of Better Auth's paths that the dashboard needs; all others do not exist. */
export const authRoutes: FastifyPluginAsyncTypebox<AccountParts> = async (app, parts) => {
	const { auth, storage, attempts, sessionOf } = parts;

	app.post(
		"/api/auth/sign-in/email",
		{
			schema: { tags: ["accounts"], summary: "Sign in", body: signInSchema, response: { 200: signedInSchema } },
		},
		async (request, reply) => {
			const { password, rememberMe = true } = request.body;
			const email = cleanEmail(request.body.email);
			const from = clientAddress(request);
			const takeBack = attempts.beginSignIn(email, from);
			if (password.length > PASSWORD_MAX_CHARACTERS) throw invalidCredentials();
			const body = { email, password, rememberMe };
			try {
				const headers = authHeaders(request);
				const hash = await storage.read(passwordHashByEmail, { email });
				const found = await attempts.oneOfFew(from, () =>
					withOurErrors(auth.api.signInEmail({ body, headers, returnHeaders: true })),
				);
				if ((await storage.read(passwordHashByEmail, { email })) !== hash) {
					// A new password ended all sessions while this one was being made with the old one.
					await storage.write(endSessionOf, { token: found.response.token });
					throw invalidCredentials();
				}
				takeBack();
				void endSurplus(found.response.user.id);
				return await signedIn(reply, found.headers, found.response.user);
			} catch (error) {
				if (!(error instanceof ProblemError) || error.code !== "invalid_credentials") takeBack();
				throw error;
			}
		},
	);

	app.post(
		"/api/auth/sign-out",
		{
			schema: {
				tags: ["accounts"],
				summary: "Sign out",
				response: { 200: Type.Object({ success: Type.Literal(true) }) },
			},
		},
		async (request, reply) => {
			const session = await sessionOf(request);
			// Better Auth itself would hide it if the session could not be deleted.
			if (session) await storage.write(endSessionOf, { token: session.token });
			const { headers } = await withOurErrors(auth.api.signOut({ headers: authHeaders(request), returnHeaders: true }));
			return reply.header("set-cookie", headers.getSetCookie()).send({ success: true });
		},
	);

	app.get(
		"/api/auth/get-session",
		{
			schema: { tags: ["accounts"], summary: "Who is signed in; null if nobody", response: { 200: sessionSchema } },
		},
		async (request, reply) => {
			const session = await sessionOf(request);
			reply.header("Cache-Control", "no-store").type("application/json");
			if (session === null) return reply.send("null" as never);
			await renewWhereDue(auth, session, request, reply);
			return reply.send({ user: session.account, session: { expiresAt: isoTime(session.expiresAt) } });
		},
	);

	async function endSurplus(accountId: string): Promise<void> {
		try {
			if (await storage.read(hasTooManySessions, { accountId })) {
				await storage.write(endSurplusSessions, { accountId }, { priority: "low" });
			}
		} catch (error) {
			app.log.debug({ err: error }, "old sessions not ended");
		}
	}
};
