import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Kysely } from "kysely";
import { Type } from "typebox";

import { isoTime } from "../clock.ts";
import type { SignUp } from "../config.ts";
import { clientAddress } from "../http/address.ts";
import { invalidField, ProblemError } from "../http/problem.ts";
import { cleanText, containsKey } from "../http/text.ts";
import type { Storage } from "../storage/storage.ts";
import type { Attempts } from "./attempts.ts";
import { type Auth, type AuthTables, PASSWORD_MAX_CHARACTERS } from "./auth.ts";
import { fromAuthError, invalidCredentials } from "./auth-errors.ts";
import { checkPassword } from "./password.ts";
import { authHeaders, type FoundSession } from "./sessions.ts";

/** With "'s workspace" behind it, still a workspace's name. */
const NAME_MAX_CODE_POINTS = 50;
/** RFC 5321 §4.5.3.1.3 */
const EMAIL_MAX_CHARACTERS = 254;

const credentials = { email: Type.String(), password: Type.String(), rememberMe: Type.Optional(Type.Boolean()) };
const signInSchema = Type.Object(credentials, { additionalProperties: false });
const signUpSchema = Type.Object({ name: Type.String(), ...credentials }, { additionalProperties: false });
const userSchema = Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() });
const signedInSchema = Type.Object({ user: userSchema });
const sessionSchema = Type.Union([
	Type.Object({ user: userSchema, session: Type.Object({ expiresAt: Type.String() }) }),
	Type.Null(),
]);

export interface AuthRoutesOptions {
	auth: Auth;
	db: Kysely<AuthTables>;
	storage: Storage;
	signUp: SignUp;
	attempts: Attempts;
	sessionOf: (request: FastifyRequest) => Promise<FoundSession | null>;
}

/** The few of Better Auth's paths that the dashboard needs; all others do not exist. */
export const authRoutes: FastifyPluginAsyncTypebox<AuthRoutesOptions> = async (app, options) => {
	const { auth, db, storage, signUp, attempts, sessionOf } = options;

	app.post(
		"/api/auth/sign-up/email",
		{
			schema: {
				tags: ["accounts"],
				summary: "Make an account, with a workspace of its own, and sign in",
				body: signUpSchema,
				response: { 200: signedInSchema },
			},
		},
		async (request, reply) => {
			if (signUp !== "open") throw signUpClosed(signUp);
			const { password, rememberMe = true } = request.body;
			const name = cleanText(request.body.name, { path: "name", maxCodePoints: NAME_MAX_CODE_POINTS });
			const email = cleanEmail(request.body.email);
			checkPassword(password, { name, email });
			const from = clientAddress(request);
			attempts.beginSignUp(from);
			const body = { name, email, password, rememberMe };
			const headers = authHeaders(request);
			const made = await attempts.oneOfFew(from, () =>
				mapped(auth.api.signUpEmail({ body, headers, returnHeaders: true })),
			);
			return signedIn(reply, made.headers, made.response.user);
		},
	);

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
				const found = await attempts.oneOfFew(from, () =>
					mapped(auth.api.signInEmail({ body, headers, returnHeaders: true })),
				);
				takeBack();
				void forgetExpired(found.response.user.id);
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
			if (session) await mapped((await auth.$context).internalAdapter.deleteSession(session.token));
			const { headers } = await mapped(auth.api.signOut({ headers: authHeaders(request), returnHeaders: true }));
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
			if (session.needsRenewal) await renew(request, reply);
			return reply.send({ user: session.account, session: { expiresAt: isoTime(session.expiresAt) } });
		},
	);

	/** Once a day. A session that cannot be prolonged just now is still a session. */
	async function renew(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		try {
			const headers = authHeaders(request);
			const renewed = await auth.api.getSession({ method: "POST", headers, returnHeaders: true });
			reply.header("set-cookie", renewed.headers.getSetCookie());
		} catch (error) {
			request.log.warn({ err: fromAuthError(error) }, "session not renewed");
		}
	}

	async function forgetExpired(userId: string): Promise<void> {
		const now = new Date(storage.now()).toISOString();
		const expired = db.deleteFrom("session").where("userId", "=", userId).where("expiresAt", "<", now);
		await expired.execute().catch((error: unknown) => app.log.debug({ err: error }, "expired sessions not deleted"));
	}
};

async function mapped<T>(asked: Promise<T>): Promise<T> {
	return asked.catch((error: unknown) => {
		throw fromAuthError(error);
	});
}

function signedIn(
	reply: FastifyReply,
	headers: Headers,
	{ id, name, email }: { id: string; name: string; email: string },
) {
	return reply
		.header("set-cookie", headers.getSetCookie())
		.header("Cache-Control", "no-store")
		.send({ user: { id, name, email } });
}

function cleanEmail(value: string): string {
	const email = value.trim();
	if (containsKey(email))
		throw invalidField("email", "It contains an API key. Keys are secret: give an e-mail address.");
	if (email.length > EMAIL_MAX_CHARACTERS) throw invalidField("email", "It is too long for an e-mail address.");
	return email;
}

function signUpClosed(mode: SignUp): ProblemError {
	const detail =
		mode === "invite"
			? "Accounts are made by invitation here. Ask an administrator for one."
			: "No new accounts are made here. Ask an administrator.";
	return new ProblemError(403, "sign_up_closed", detail);
}
