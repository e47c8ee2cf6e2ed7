import type { FastifyRequest } from "fastify";
import fp from "fastify-plugin";

import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { ProblemError } from "../http/problem.ts";
import type { Storage } from "../storage/storage.ts";
import type { Account } from "./account.ts";
import { createAttempts } from "./attempts.ts";
import { createAuth } from "./auth.ts";
import type { PasswordHash } from "./password-hashing.ts";
import { authRoutes } from "./routes.ts";
import { findSession, type FoundSession } from "./sessions.ts";

declare module "fastify" {
	interface FastifyInstance {
		accounts: {
			/** Who is signed in, if anybody. */
			of(request: FastifyRequest): Promise<Account | null>;
			/** @throws ProblemError 401 `no_session` */
			require(request: FastifyRequest): Promise<Account>;
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
}

export const accounts = fp<AccountsOptions>(
	async (app, { config, secret, storage, clock, passwordHash }) => {
		const log = (level: "debug" | "info" | "warn" | "error", message: string) => app.log[level](message);
		const { auth, db, close } = createAuth({ config, secret, storage, log, passwordHash });
		app.addHook("onClose", async () => close());

		const found = new WeakMap<FastifyRequest, Promise<FoundSession | null>>();
		/** Hooks and handlers of one request ask again and again; the answer is looked up once. */
		function sessionOf(request: FastifyRequest): Promise<FoundSession | null> {
			const session = found.get(request) ?? findSession(auth, storage, request);
			found.set(request, session);
			return session;
		}

		async function accountOf(request: FastifyRequest): Promise<Account | null> {
			return (await sessionOf(request))?.account ?? null;
		}

		app.decorate("accounts", {
			of: accountOf,
			async require(request) {
				const account = await accountOf(request);
				if (account === null) throw new ProblemError(401, "no_session", "You are not signed in. Sign in first.");
				return account;
			},
		});
		await app.register(authRoutes, {
			auth,
			db,
			storage,
			signUp: config.signUp,
			attempts: createAttempts({ clock, config }),
			sessionOf,
		});
	},
	{ name: "accounts", dependencies: ["errors", "origin"] },
);
