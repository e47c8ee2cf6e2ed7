import type { FastifyRequest } from "fastify";
import fp from "fastify-plugin";

import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { createMailer } from "../mail/mailer.ts";
import type { Storage } from "../storage/storage.ts";
import type { Account } from "./account.ts";
import { accountRoutes } from "./account-routes.ts";
import { createAttempts } from "./attempts.ts";
import { createAuth } from "./auth.ts";
import { deletionRoute } from "./deletion-route.ts";
import { type PasswordHash, passwordHashing } from "./password-hashing.ts";
import { createProver } from "./proof.ts";
import { noSession } from "./refusals.ts";
import { renewWhereDue } from "./renew.ts";
import { resetRoutes } from "./reset-routes.ts";
import { authRoutes } from "./routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { findSession, type FoundSession } from "./sessions.ts";
import { signUpRoute } from "./sign-up-route.ts";

declare module "fastify" {
	interface FastifyInstance {
		accounts: {
			/** Who is signed in, if anybody. */
			of(request: FastifyRequest): Promise<Account | null>;
			/** The same, whose session lasts longer because a page of theirs was opened. */
			arrived(request: FastifyRequest, reply: FastifyReply): Promise<Account | null>;
			/** @throws ProblemError 401 `no_session` */
			require(request: FastifyRequest): Promise<Account>;
			/** The session itself, for what outlives a request. @throws ProblemError 401 `no_session` */
			requireSession(request: FastifyRequest): Promise<FoundSession>;
		};
	}
}

export interface AccountsOptions {
	config: Config;
	secret: string;
	storage: Storage;
	clock: Clock;
	/** scrypt if absent. */
	passwordHash?: PasswordHash | undefined;
	/** One to three seconds if absent. */
	resetDelayMs?: (() => number) | undefined;
}

export const accounts = fp<AccountsOptions>(
	async (app, { config, secret, storage, clock, passwordHash, resetDelayMs }) => {
		const log = (level: "debug" | "info" | "warn" | "error", message: string) => app.log[level](message);
		const passwords = passwordHashing(passwordHash);
		const auth = createAuth({ config, secret, storage, log, passwords });
		const mailer = config.mail && createMailer(config.mail, log);
		app.addHook("onClose", async () => {
			await mailer?.close();
		});

		const found = new WeakMap<FastifyRequest, Promise<FoundSession | null>>();
		/** Hooks and handlers of one request ask again and again; the answer is looked up once. */
		function sessionOf(request: FastifyRequest): Promise<FoundSession | null> {
			const session = found.get(request) ?? findSession(auth, storage, request);
			found.set(request, session);
			return session;
		}

		async function requireSession(request: FastifyRequest): Promise<FoundSession> {
			const session = await sessionOf(request);
			if (session === null) throw noSession();
			return session;
		}

		app.decorate("accounts", {
			of: async (request) => (await sessionOf(request))?.account ?? null,
			arrived: async (request, reply) => {
				const session = await sessionOf(request);
				if (session) await renewWhereDue(auth, session, request, reply);
				return session?.account ?? null;
			},
			require: async (request) => (await requireSession(request)).account,
			requireSession,
		});
		const attempts = createAttempts({ clock, config });
		const prove = createProver({ storage, attempts, passwords });
		const kept = { config, storage, auth, attempts, passwords, prove, mailer, resetDelayMs };
		const made = { ...kept, sessionOf, requireSession };
		for (const routes of [signUpRoute, authRoutes, resetRoutes, accountRoutes, sessionRoutes, deletionRoute]) {
			await app.register(routes, made);
		}
	},
	{ name: "accounts", dependencies: ["errors", "origin"] },
);
