import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { isoTime } from "../../clock.ts";
import { ProblemError } from "../../errors/problem-error.ts";
import { markReported } from "../../http/logging.ts";
import { PASSWORD_MAX_CHARACTERS } from "../passwords/check-password.ts";
import { AccountSchema } from "./account.schema.ts";
import type { AccountServices } from "./account-services.ts";
import { withOurErrors } from "./auth-errors.ts";
import { checkCredentials } from "./check-credentials.ts";
import { credentialsOf } from "./credentials.store.ts";
import { CREDENTIALS } from "./credentials-body.ts";
import { knownEmail } from "./email.ts";
import { invalidCredentials } from "./refusals.ts";
import { renewIfDue } from "./renew.ts";
import { authHeaders, clearedCookies, clientOf, ownSession } from "./session.ts";
import { endSurplusSessions, hasTooManySessions } from "./session-sweep.store.ts";
import { endSessionByToken, signOut } from "./sessions.store.ts";
import { SignedInSchema } from "./sign-in.schema.ts";
import { signedIn } from "./signed-in.ts";

const SignInBody = Type.Object(CREDENTIALS, { additionalProperties: false });
const SessionSchema = Type.Union([
	Type.Object({ user: AccountSchema, session: Type.Object({ expiresAt: Type.String() }) }),
	Type.Null(),
]);

const OPTIONAL_SESSION = [{}, { session: [] }];

/** Only the Better Auth routes that the dashboard needs. */
export const signInRoutes: FastifyPluginAsyncTypebox<AccountServices> = async (app, services) => {
	const { auth, storage, attempts, visitors, events, sessionOf } = services;

	app.post(
		"/api/auth/sign-in/email",
		{
			schema: {
				tags: ["accounts"],
				summary: "Sign in",
				body: SignInBody,
				response: { 200: SignedInSchema },
				errors: ["address_unverified", "invalid_credentials", "overloaded", "too_many_requests"],
			},
			config: { alwaysHasRoom: true },
		},
		async (request, reply) => {
			const { password, rememberMe = true } = request.body;
			const email = knownEmail(request.body.email);
			const visitor = await visitors.signingIn(request, email);
			const takeBack = attempts.beginSignIn(visitor);
			if (password.length > PASSWORD_MAX_CHARACTERS) throw invalidCredentials();
			try {
				const { account, hash } = await attempts.limitHashing(visitor, () =>
					checkCredentials(services, { email, password }),
				);
				const body = { accountId: account.id, rememberMe };
				const begun = await withOurErrors(
					auth.api.beginSession({ body, headers: authHeaders(request), returnHeaders: true }),
				);
				if ((await storage.read(credentialsOf, { email }))?.hash !== hash) {
					// The password was changed during sign-in, which ended all sessions except this new one.
					await storage.write(endSessionByToken, { token: begun.response.token }, { reserve: true });
					throw invalidCredentials();
				}
				takeBack();
				void endSurplus(account.id);
				if (visitor.isNetworkNew) visitors.rememberNetwork(request, account.id);
				// Not on someone else's computer.
				if (rememberMe)
					begun.headers.append(
						"set-cookie",
						visitors.deviceCookie(request, { accountId: account.id, passwordHash: hash }),
					);
				await events.add(request, { accountId: account.id, kind: "signed_in" });
				return await signedIn(reply, begun.headers, account);
			} catch (error) {
				if (!(error instanceof ProblemError) || error.code !== "invalid_credentials") takeBack();
				else events.wrongPassword(request, email);
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
				security: OPTIONAL_SESSION,
			},
			config: { alwaysHasRoom: true },
		},
		async (request, reply) => {
			const session = await sessionOf(request);
			// Better Auth would hide a failure to delete the session.
			if (session) {
				await storage.write(signOut, { ...ownSession(session), client: clientOf(request) }, { reserve: true });
			}
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
				security: OPTIONAL_SESSION,
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
