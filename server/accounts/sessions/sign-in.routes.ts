import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { isoTime } from "../../clock.ts";
import { ProblemError } from "../../errors/problem-error.ts";
import { clientAddress } from "../../http/address.ts";
import { markReported } from "../../http/logging.ts";
import { PASSWORD_MAX_CHARACTERS } from "../passwords/check-password.ts";
import { passwordHashByEmail } from "../passwords/passwords.store.ts";
import { AccountSchema, CREDENTIALS, SignedInSchema } from "./account.schema.ts";
import type { AccountServices } from "./account-services.ts";
import { withOurErrors } from "./auth-errors.ts";
import { cleanEmail } from "./email.ts";
import { invalidCredentials } from "./refusals.ts";
import { renewIfDue } from "./renew.ts";
import { authHeaders, clearedCookies } from "./session.ts";
import { endSurplusSessions, hasTooManySessions } from "./session-sweep.store.ts";
import { endSessionByToken } from "./sessions.store.ts";
import { signedIn } from "./signed-in.ts";

const SignInBody = Type.Object(CREDENTIALS, { additionalProperties: false });
const SessionSchema = Type.Union([
	Type.Object({ user: AccountSchema, session: Type.Object({ expiresAt: Type.String() }) }),
	Type.Null(),
]);

/** Only the Better Auth routes that the dashboard needs. */
export const signInRoutes: FastifyPluginAsyncTypebox<AccountServices> = async (app, services) => {
	const { auth, storage, attempts, sessionOf } = services;

	app.post(
		"/api/auth/sign-in/email",
		{
			schema: { tags: ["accounts"], summary: "Sign in", body: SignInBody, response: { 200: SignedInSchema } },
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
				const found = await attempts.limitHashing(from, () =>
					withOurErrors(auth.api.signInEmail({ body, headers, returnHeaders: true })),
				);
				if ((await storage.read(passwordHashByEmail, { email })) !== hash) {
					// The password was changed during sign-in, which ended all sessions except this new one.
					await storage.write(endSessionByToken, { token: found.response.token });
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
			// Better Auth would hide a failure to delete the session.
			if (session) await storage.write(endSessionByToken, { token: session.token });
			// Nothing happened, and anyone may ask for it any number of times.
			else markReported(request);
			return reply.header("set-cookie", await clearedCookies(auth, request)).send({ success: true });
		},
	);

	app.get(
		"/api/auth/get-session",
		{
			schema: {
				tags: ["accounts"],
				summary: "Get the signed-in account; null if there is none",
				response: { 200: SessionSchema },
			},
		},
		async (request, reply) => {
			const session = await sessionOf(request);
			reply.header("Cache-Control", "no-store").type("application/json");
			if (session === null) return reply.send("null" as never);
			await renewIfDue(auth, session, request, reply);
			return reply.send({ user: session.account, session: { expiresAt: isoTime(session.expiresAt) } });
		},
	);

	async function endSurplus(accountId: string): Promise<void> {
		try {
			if (await storage.read(hasTooManySessions, { accountId })) {
				await storage.write(endSurplusSessions, { accountId }, { priority: "low" });
			}
		} catch (error) {
			app.log.debug({ err: error }, "surplus sessions not ended");
		}
	}
};
