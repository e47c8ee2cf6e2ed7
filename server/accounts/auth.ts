import { betterAuth } from "better-auth";

import { PASSWORD_MIN_CHARACTERS } from "../../shared/limits.ts";
import type { Config } from "../config.ts";
import { SESSION_COOKIE_PREFIX } from "../http/origin.ts";
import type { Storage } from "../storage/storage.ts";
import { carryStorageError } from "./auth-errors.ts";
import { beginSession } from "./begin-session.ts";
import type { PasswordHash } from "./password-hashing.ts";

/** The header through which Better Auth is told the client's address. Only `authHeaders` sets it. */
export const ADDRESS_HEADER = "x-auxvyn-client-address";
export const PASSWORD_MAX_CHARACTERS = 128;

const SESSION_SECONDS = 7 * 24 * 60 * 60;
/** Also how exactly people are told when a session was last seen. */
const SESSION_RENEWED_AFTER_SECONDS = 60 * 60;

export interface AuthOptions {
	config: Config;
	secret: string;
	storage: Storage;
	/** Where Better Auth's own warnings go. */
	log: (level: "debug" | "info" | "warn" | "error", message: string) => void;
	passwords: PasswordHash;
}

export type Auth = ReturnType<typeof createAuth>;

/** Better Auth, for sessions and for signing in. Accounts are made by `signUp`. */
export function createAuth({ config, secret, storage, log, passwords }: AuthOptions) {
	const db = storage.statements({ translate: carryStorageError });
	const https = config.publicUrl.startsWith("https:");
	return betterAuth({
		appName: "Auxvyn",
		baseURL: config.publicUrl,
		basePath: "/api/auth",
		// The list, not the single secret: an environment variable of Better Auth's own would come before that.
		secrets: [{ version: 1, value: secret }],
		// Each statement by itself: a transaction would hold a connection while a password is hashed.
		database: { db, type: "sqlite", transaction: false },
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: PASSWORD_MIN_CHARACTERS,
			maxPasswordLength: PASSWORD_MAX_CHARACTERS,
			password: passwords,
		},
		session: {
			expiresIn: SESSION_SECONDS,
			updateAge: SESSION_RENEWED_AFTER_SECONDS,
			// A GET then never writes; renewal is asked for.
			deferSessionRefresh: true,
			cookieCache: { enabled: false },
		},
		databaseHooks: {
			session: {
				create: {
					before: async (session) => ({
						data: { ...session, expiresAt: byOurClock(session.expiresAt, storage) },
					}),
				},
			},
		},
		advanced: {
			// The prefix binds cookies to this very host (RFC 6265bis §4.1.3.2); browsers accept it on https only.
			cookiePrefix: https ? `__Host-${SESSION_COOKIE_PREFIX}` : SESSION_COOKIE_PREFIX,
			useSecureCookies: false,
			defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/", secure: https },
			// With joins, a session and its account are one statement.
			database: { validateSchema: false, joins: true },
			ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
		},
		rateLimit: { enabled: false },
		telemetry: { enabled: false },
		// Whatever follows the message may hold what people typed.
		logger: { level: "error", log: (level, message) => log(level, message) },
		plugins: [beginSession],
	});
}

/** Better Auth reckons with the system's clock; the later of the two decides. */
function byOurClock(expiresAt: Date, storage: Storage): Date {
	const lead = Math.max(0, storage.now() - Date.now());
	return new Date(expiresAt.getTime() + lead);
}
