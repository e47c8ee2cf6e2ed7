import { isIP } from "node:net";

import { isBlockedPort } from "../shared/ports.ts";
import type { SignUp } from "../shared/wire.ts";
import { type BackupSettings, backupSettings } from "./backup-settings.ts";
import { ConfigError } from "./config-error.ts";
import { databaseUrlFault } from "./database-url.ts";
import { type MailSettings, mailSettings } from "./mail-settings.ts";

export interface Config {
	port: number;
	host: string;
	/** The bare origin at which browsers and games reach this server. */
	publicUrl: string;
	dataDir: string;
	/** PostgreSQL's. Undefined: SQLite in `dataDir`. */
	databaseUrl: string | undefined;
	/** Undefined: generated on first start and kept in `dataDir`. */
	secret: string | undefined;
	/** Proxies whose `X-Forwarded-*` headers are trusted, as addresses or CIDRs. */
	trustedProxies: string[];
	signUp: SignUp;
	/** Creates the first account. Undefined: one is generated and printed at each start without an account. */
	setupToken: string | undefined;
	pairingTtlSeconds: number;
	/** Multiplies every rate limit; 0 turns them off. */
	rateLimitScale: number;
	metricsToken: string | undefined;
	/** Free space on the disk of `dataDir` below which nothing new is stored; 0: no floor. */
	diskFloorBytes: number;
	/** Memory for cached keys. */
	keyCacheBytes: number;
	/** The operator's client id and secret, which introspect the keys of all workspaces. */
	introspection: { clientId: string; clientSecret: string } | undefined;
	/** Mail server and sender. Undefined: no mail is sent. */
	mail: MailSettings | undefined;
	backups: BackupSettings;
	/** How many processes serve the port. */
	workers: number;
	logLevel: string;
}

export const MAX_WORKERS = 64;
/** Settings that no other program may see: they are not passed to those that the server runs. */
export const SECRET_SETTINGS: readonly string[] = [
	"AUXVYN_SECRET",
	"AUXVYN_SETUP_TOKEN",
	"DATABASE_URL",
	"INTROSPECTION_CLIENT_SECRET",
	"METRICS_TOKEN",
	"SMTP_URL",
];
const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];
/** In the DNS, also with underscores. Not a wildcard, nor with a comma or dot that was left behind it. */
const HOST_NAME = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;
const LOOPBACK_HOST = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

/** True for hosts that only this machine can reach. The plugin and the game runtime use the same rule. */
export function isLoopbackHost(host: string): boolean {
	return LOOPBACK_HOST.test(host);
}

/**
 * Reads the configuration from `env`.
 * @throws ConfigError naming the variable, what is wrong, and how to fix it
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
	const port = integer(env, "PORT", 8787, 1, 65_535);
	const host = text(env, "HOST") ?? "127.0.0.1";
	const given = text(env, "PUBLIC_URL");
	if (given === undefined && !isLoopbackHost(host)) {
		throw new ConfigError(
			`HOST is ${host}, which other machines can reach, so PUBLIC_URL is needed: set it to the address people use, for example https://keys.example.com.`,
		);
	}
	const databaseUrl = postgresUrl(env);
	const backups = backupSettings({
		every: text(env, "BACKUP_EVERY"),
		keep: integer(env, "BACKUP_KEEP", 7, 1, 10_000),
		command: text(env, "BACKUP_COMMAND"),
	});
	if (databaseUrl !== undefined && backups.everyMs !== undefined) {
		throw new ConfigError("BACKUP_EVERY is for SQLite: back up PostgreSQL by its own tools, see docs/postgres.md.");
	}
	return {
		port,
		host,
		publicUrl: given === undefined ? localOrigin(port) : publicOrigin(given),
		dataDir: text(env, "DATA_DIR") ?? "data",
		databaseUrl,
		secret: secret(env, "AUXVYN_SECRET", 32),
		trustedProxies: trustedProxies(env),
		signUp: oneOf(env, "SIGN_UP", ["open", "invite", "closed"], "invite"),
		setupToken: secret(env, "AUXVYN_SETUP_TOKEN", 32),
		pairingTtlSeconds: integer(env, "PAIRING_TTL_SECONDS", 600, 1, 86_400),
		rateLimitScale: scale(env),
		diskFloorBytes: integer(env, "DISK_FLOOR_MB", 256, 0, 1_000_000) * 1024 * 1024,
		metricsToken: secret(env, "METRICS_TOKEN", 16),
		keyCacheBytes: integer(env, "KEY_CACHE_MB", 256, 1, 1_000_000) * 1024 * 1024,
		introspection: introspection(env),
		mail: mailSettings(text(env, "SMTP_URL"), text(env, "MAIL_FROM")),
		backups,
		workers: integer(env, "WEB_CONCURRENCY", 1, 1, MAX_WORKERS),
		logLevel: oneOf(env, "LOG_LEVEL", LOG_LEVELS, "info"),
	};
}

/** The names of all settings. */
export function settingNames(): string[] {
	const names = new Set<string>();
	const recorder = new Proxy<Record<string, undefined>>({}, { get: (_, name) => void names.add(String(name)) });
	loadConfig(recorder);
	return [...names];
}

/** An empty variable counts as unset. */
function text(env: Record<string, string | undefined>, name: string): string | undefined {
	const value = env[name]?.trim();
	return value === "" ? undefined : value;
}

function integer(env: Record<string, string | undefined>, name: string, fallback: number, min: number, max: number) {
	const value = text(env, name);
	if (value === undefined) return fallback;
	const number = Number(value);
	if (/^\d+$/.test(value) && number >= min && number <= max) return number;
	throw new ConfigError(`${name} must be a whole number from ${min} to ${max}.`);
}

function oneOf<T extends string>(env: Record<string, string | undefined>, name: string, allowed: T[], fallback: T): T {
	const value = text(env, name);
	if (value === undefined) return fallback;
	const found = allowed.find((each) => each === value);
	if (found !== undefined) return found;
	throw new ConfigError(`${name} must be one of ${allowed.join(", ")}.`);
}

function localOrigin(port: number): string {
	requireReachablePort("PORT", port);
	return new URL(`http://localhost:${port}`).origin;
}

function publicOrigin(value: string): string {
	const url = URL.parse(value);
	const bare =
		url && (url.protocol === "https:" || url.protocol === "http:") && value.replace(/\/$/, "") === url.origin;
	if (bare && (HOST_NAME.test(url.hostname) || url.hostname.startsWith("["))) {
		if (url.port !== "") requireReachablePort("PUBLIC_URL", Number(url.port));
		return url.origin;
	}
	throw new ConfigError(
		"PUBLIC_URL must be a bare origin, https://host or http://host:port, in lower case without a path, user or query.",
	);
}

/** All servers on one database share what browsers and games see, so it must not be made up by each. */
function postgresUrl(env: Record<string, string | undefined>): string | undefined {
	const value = text(env, "DATABASE_URL");
	if (value === undefined) return undefined;
	const fault = databaseUrlFault(value);
	if (fault !== undefined) {
		const isOther = !/^postgres(ql)?:/.test(value);
		throw new ConfigError(`DATABASE_URL ${fault}.${isOther ? " Leave it unset for SQLite." : ""}`);
	}
	for (const name of ["PUBLIC_URL", "AUXVYN_SECRET"]) {
		if (text(env, name) !== undefined) continue;
		const how =
			name === "PUBLIC_URL"
				? "for example https://keys.example.com"
				: "generate one with `openssl rand -hex 32`, or, after a move from SQLite, take what is in DATA_DIR/secret";
		throw new ConfigError(`With DATABASE_URL, ${name} is needed, the same for all servers on the database: ${how}.`);
	}
	return value;
}

function requireReachablePort(name: string, port: number): void {
	if (!isBlockedPort(port)) return;
	throw new ConfigError(
		`${name} has port ${port}, to which Roblox sends no requests: use 443, 80, or one of 1024 and above except 1194.`,
	);
}

function secret(env: Record<string, string | undefined>, name: string, minLength: number): string | undefined {
	const value = text(env, name);
	if (value === undefined || value.length >= minLength) return value;
	throw new ConfigError(
		`${name} must have at least ${minLength} characters: generate one with \`openssl rand -hex 32\`.`,
	);
}

function trustedProxies(env: Record<string, string | undefined>): string[] {
	const entries = (text(env, "TRUSTED_PROXIES") ?? "").split(",").map((entry) => entry.trim());
	const cidrs = entries.filter((entry) => entry !== "");
	for (const cidr of cidrs) {
		const [address = "", bits, ...rest] = cidr.split("/");
		const maxBits = isIP(address) === 6 ? 128 : 32;
		const isValid = bits === undefined || (/^\d+$/.test(bits) && Number(bits) >= 1 && Number(bits) <= maxBits);
		if (isIP(address) === 0 || rest.length > 0 || !isValid) {
			throw new ConfigError(
				"TRUSTED_PROXIES must be addresses or CIDRs separated by commas, for example 10.0.0.0/8,::1.",
			);
		}
	}
	return cidrs;
}

function scale(env: Record<string, string | undefined>): number {
	const value = Number(text(env, "RATE_LIMIT_SCALE") ?? "1");
	if (Number.isFinite(value) && value >= 0) return value;
	throw new ConfigError("RATE_LIMIT_SCALE must be a number, at least 0 (no limits).");
}

function introspection(env: Record<string, string | undefined>): Config["introspection"] {
	const clientId = text(env, "INTROSPECTION_CLIENT_ID");
	const clientSecret = secret(env, "INTROSPECTION_CLIENT_SECRET", 16);
	if (clientId === undefined && clientSecret === undefined) return undefined;
	if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
	throw new ConfigError(
		"INTROSPECTION_CLIENT_ID and INTROSPECTION_CLIENT_SECRET belong together: set both, or neither.",
	);
}
