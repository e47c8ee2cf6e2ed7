import type { FastifyRequest } from "fastify";
import fp from "fastify-plugin";

import type { Account } from "../../shared/wire.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { addRoutes } from "../http/add-routes.ts";
import type { Peers } from "../http/peers.ts";
import { createMailer, type Mailer } from "../mail/mailer.ts";
import type { Storage } from "../storage/storage.ts";
import { type ResetOptions, resetRoutes } from "./password-reset/reset.routes.ts";
import { type PasswordHash, passwordHashing } from "./passwords/hashing.ts";
import { activityRoutes } from "./profile/activity.routes.ts";
import { profileRoutes } from "./profile/profile.routes.ts";
import { createAttempts } from "./sessions/attempts.ts";
import { createAuth, sessionCookieName } from "./sessions/auth.ts";
import { createDelayedWork } from "./sessions/delayed-work.ts";
import { createDeviceCookie } from "./sessions/device-cookie.ts";
import { createEventNotes } from "./sessions/event-notes.ts";
import type { Proof } from "./sessions/proof.store.ts";
import { createProver } from "./sessions/proof.ts";
import { noSession } from "./sessions/refusals.ts";
import { renewIfDue } from "./sessions/renew.ts";
import { clearedCookies, createSessionFinder, type FoundSession } from "./sessions/session.ts";
import { createTokenReader } from "./sessions/session-cookie.ts";
import { sessionRoutes } from "./sessions/sessions.routes.ts";
import { signInRoutes } from "./sessions/sign-in.routes.ts";
import { createVisitors } from "./sessions/visitors.ts";
import type { SignUps } from "./sign-up/create-sign-up.ts";
import { signUpRoutes } from "./sign-up/sign-up.routes.ts";
import { verifyRoutes } from "./sign-up/verify.routes.ts";

declare module "fastify" {
	interface FastifyRequest {
		/** Null until it is looked up. Used by `app.accounts` only. */
		foundSession: Promise<FoundSession | null> | null;
	}
	interface FastifyInstance {
		/** Undefined if the server cannot send mail. */
		mailer: Mailer | undefined;
		accounts: {
			/** The signed-in account; null if there is none. */
			find(request: FastifyRequest): Promise<Account | null>;
			/** The same, and renews the session: for page loads. */
			findAndRenew(request: FastifyRequest, reply: FastifyReply): Promise<Account | null>;
			/** @throws ProblemError 401 `no_session` */
			require(request: FastifyRequest): Promise<Account>;
			/** The session itself, for work that outlives a request. @throws ProblemError 401 `no_session` */
			requireSession(request: FastifyRequest): Promise<FoundSession>;
			/** Verifies the signed-in account's password. @throws ProblemError 401 `no_session`, 403 `wrong_password`, 429, 503 */
			prove(request: FastifyRequest, given: { password: string }): Promise<Proof>;
			/** `Set-Cookie` headers that sign the browser out. */
			clearedCookies(request: FastifyRequest): Promise<string[]>;
		};
	}
}

export interface AccountsOptions {
	config: Config;
	secret: string;
	storage: Storage;
	clock: Clock;
	peers: Peers;
	signUps: SignUps;
	/** scrypt if absent. */
	passwordHash?: PasswordHash | undefined;
	reset: ResetOptions["reset"];
	/** One to three seconds if absent. */
	mailDelayMs?: (() => number) | undefined;
}

export const accounts = fp<AccountsOptions>(
	async (app, { config, secret, storage, clock, peers, signUps, reset, passwordHash, mailDelayMs }) => {
		const log = (level: "debug" | "info" | "warn" | "error", message: string) => app.log[level](message);
		const passwords = passwordHashing(passwordHash, peers.worker !== undefined);
		const auth = createAuth({ config, secret, storage, log });
		const attempts = createAttempts({ clock, config, peers });
		const events = createEventNotes(storage);
		const cookie = createDeviceCookie({ secret, https: config.publicUrl.startsWith("https:") });
		const onError = (error: unknown) => app.log.debug({ err: error }, "network of a sign-in not remembered");
		const visitors = createVisitors({ storage, cookie, onError });
		const prove = createProver({ storage, attempts, passwords, events });
		const mailer = config.mail && createMailer(config.mail, log);
		app.decorate("mailer", mailer);
		const delayed = createDelayedWork(mailDelayMs);
		app.addHook("onClose", async () => {
			await delayed.close();
			await mailer?.close();
		});

		const tokenOf = createTokenReader({ name: sessionCookieName(config), secret });
		const findSession = createSessionFinder({ storage, tokenOf });
		app.decorateRequest("foundSession", null);
		/** Looked up once per request, however many hooks and handlers ask. */
		function sessionOf(request: FastifyRequest): Promise<FoundSession | null> {
			request.foundSession ??= findSession(request);
			return request.foundSession;
		}

		async function requireSession(request: FastifyRequest): Promise<FoundSession> {
			const session = await sessionOf(request);
			if (session === null) throw noSession();
			return session;
		}

		app.decorate("accounts", {
			find: async (request) => (await sessionOf(request))?.account ?? null,
			findAndRenew: async (request, reply) => {
				const session = await sessionOf(request);
				if (session) await renewIfDue(auth, session, request, reply);
				return session?.account ?? null;
			},
			require: async (request) => (await requireSession(request)).account,
			requireSession,
			prove: async (request, given) => prove(request, await requireSession(request), given),
			clearedCookies: (request) => clearedCookies(auth, request),
		});
		const shared = { config, storage, auth, attempts, visitors, passwords, events, delayed, prove, mailer };
		const services = { ...shared, sessionOf, requireSession };
		for (const routes of [signUpRoutes, verifyRoutes]) await addRoutes(app, routes, { ...services, signUps });
		await addRoutes(app, resetRoutes, { ...services, reset });
		for (const routes of [signInRoutes, profileRoutes, activityRoutes, sessionRoutes])
			await addRoutes(app, routes, services);
	},
	{ name: "accounts", dependencies: ["errors", "origin"] },
);
