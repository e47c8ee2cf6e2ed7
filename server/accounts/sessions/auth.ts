import { betterAuth } from "better-auth";

import type { Config } from "../../config.ts";
import { SESSION_COOKIE_PREFIX } from "../../http/origin.ts";
import type { Storage } from "../../storage/storage.ts";
import { carryStorageError } from "./auth-errors.ts";
import { beginSession } from "./begin-session.ts";
import { timeShift } from "./time-shift.ts";

/** Carries the client's address to Better Auth. Only `authHeaders` sets it. */
export const ADDRESS_HEADER = "x-auxvyn-client-address";

/** Unused (ASVS 5.0, 7.3.1). */
const SESSION_SECONDS = 7 * 24 * 60 * 60;
/** Also the precision of `lastSeenAt`. */
export const SESSION_RENEWED_AFTER_SECONDS = 60 * 60;

export interface AuthOptions {
	config: Config;
	secret: string;
	storage: Storage;
	/** Where Better Auth's own warnings go. */
	log: (level: "debug" | "info" | "warn" | "error", message: string) => void;
}

export type Auth = ReturnType<typeof createAuth>;

/** Better Auth, for sessions. Passwords and signing up are our own: see `check-credentials.ts` and `sign-up/`. */
export function createAuth({ config, secret, storage, log }: AuthOptions) {
	const ourTime = timeShift(storage);
	const db = storage.statements({ translate: carryStorageError }).withPlugin(ourTime.plugin);
	const https = config.publicUrl.startsWith("https:");
	return betterAuth({
		appName: "Auxvyn",
		baseURL: config.publicUrl,
		basePath: "/api/auth",
		// A list, because Better Auth's own environment variable would override a single secret.
		secrets: [{ version: 1, value: secret }],
		// No transactions: one would hold a connection while a password is hashed.
		database: { db, type: "sqlite", transaction: false },
		session: {
			expiresIn: SESSION_SECONDS,
			updateAge: SESSION_RENEWED_AFTER_SECONDS,
			// So that a GET never writes: renewal is explicit.
			deferSessionRefresh: true,
			cookieCache: { enabled: false },
		},
		databaseHooks: { session: { create: { before: ourTime.beforeWrite }, update: { before: ourTime.beforeWrite } } },
		advanced: {
			// The prefix binds cookies to this host (RFC 6265bis §4.1.3.2); browsers accept it on https only.
			cookiePrefix: cookiePrefix(https),
			useSecureCookies: false,
			defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/", secure: https },
			// With joins, a session and its account are one statement.
			database: { validateSchema: false, joins: true },
			ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
		},
		rateLimit: { enabled: false },
		telemetry: { enabled: false },
		// Only the message: its arguments may contain user input.
		logger: { level: "error", log: (level, message) => log(level, message) },
		plugins: [beginSession],
	});
}

function cookiePrefix(https: boolean): string {
	return https ? `__Host-${SESSION_COOKIE_PREFIX}` : SESSION_COOKIE_PREFIX;
}

/** The name of the cookie with the session's token. */
export function sessionCookieName({ publicUrl }: Pick<Config, "publicUrl">): string {
	return `${cookiePrefix(publicUrl.startsWith("https:"))}.session_token`;
}
