import { describe, expect, it } from "vitest";

import { loadConfig } from "../../server/config.ts";
import { ConfigError } from "../../server/config-error.ts";

describe("the configuration", () => {
	it("has a default for every variable", () => {
		expect(loadConfig({})).toEqual({
			port: 8787,
			host: "127.0.0.1",
			publicUrl: "http://localhost:8787",
			dataDir: "data",
			secret: undefined,
			trustedProxies: [],
			signUp: "invite",
			setupToken: undefined,
			pairingTtlSeconds: 600,
			rateLimitScale: 1,
			diskFloorBytes: 256 * 1024 * 1024,
			metricsToken: undefined,
			keyCacheBytes: 256 * 1024 * 1024,
			introspection: undefined,
			mail: undefined,
			backups: { everyMs: undefined, keep: 7, command: undefined },
			workers: 1,
			logLevel: "info",
		});
	});

	it("reads every variable, and treats an empty one as unset", () => {
		const config = loadConfig({
			PORT: "80",
			HOST: "0.0.0.0",
			PUBLIC_URL: "https://keys.example.com/",
			TRUSTED_PROXIES: "10.0.0.0/8, ::1",
			RATE_LIMIT_SCALE: "0.5",
			SIGN_UP: "",
			BACKUP_EVERY: "6h",
			BACKUP_COMMAND: "rclone copy",
		});
		expect(config).toMatchObject({
			port: 80,
			publicUrl: "https://keys.example.com",
			trustedProxies: ["10.0.0.0/8", "::1"],
			rateLimitScale: 0.5,
			signUp: "invite",
			backups: { everyMs: 6 * 3_600_000, keep: 7, command: ["rclone", "copy"] },
		});
	});

	it.each([
		[{ PUBLIC_URL: "https://keys.example.com:1024" }, "https://keys.example.com:1024"],
		[{ PORT: "1194", PUBLIC_URL: "https://keys.example.com" }, "https://keys.example.com"],
		[{ PORT: "80" }, "http://localhost"],
		[{ PUBLIC_URL: "http://[::1]:8787" }, "http://[::1]:8787"],
		[{ PUBLIC_URL: "https://xn--c1abvl.my_host" }, "https://xn--c1abvl.my_host"],
	])("takes hosts, and the ports that Roblox sends requests to: %o", (env, publicUrl) => {
		expect(loadConfig(env)).toMatchObject({ publicUrl });
	});

	it.each([
		[
			"smtp://mail.example.com",
			{ host: "mail.example.com", port: 587, secure: false, auth: undefined, from: "keys@example.com" },
		],
		[
			"smtps://keys%40example.com:p%23ss@[::1]",
			{
				host: "::1",
				port: 465,
				secure: true,
				auth: { user: "keys@example.com", pass: "p#ss" },
				from: "keys@example.com",
			},
		],
		["smtp://localhost:2525/", { host: "localhost", port: 2525, secure: false }],
	])("reads the mail server from %s", (address, mail) => {
		expect(loadConfig({ SMTP_URL: address, MAIL_FROM: "keys@example.com" })).toMatchObject({ mail });
	});

	it.each([
		["a port that is not a number", { PORT: "http" }, /^PORT must be a whole number/],
		["a public HOST without PUBLIC_URL", { HOST: "0.0.0.0" }, /^HOST is 0\.0\.0\.0.*PUBLIC_URL is needed/],
		[
			"a PUBLIC_URL with a path",
			{ PUBLIC_URL: "https://keys.example.com/auxvyn" },
			/^PUBLIC_URL must be a bare origin/,
		],
		["a PUBLIC_URL with a user", { PUBLIC_URL: "https://me@keys.example.com" }, /^PUBLIC_URL must be a bare origin/],
		...["keys.example.com.", "keys.example.com,", "*.example.com", "keys..example.com", "-.example.com"].map(
			(host): [string, Record<string, string>, RegExp] => [
				`a PUBLIC_URL with the host ${host}`,
				{ PUBLIC_URL: `https://${host}` },
				/^PUBLIC_URL must be a bare origin/,
			],
		),
		["a PUBLIC_URL with another scheme", { PUBLIC_URL: "ftp://keys.example.com" }, /^PUBLIC_URL must be a bare origin/],
		["a short secret", { AUXVYN_SECRET: "hunter2" }, /^AUXVYN_SECRET must have at least 32 characters/],
		["a short set-up token", { AUXVYN_SETUP_TOKEN: "hunter2" }, /^AUXVYN_SETUP_TOKEN must have at least 32 characters/],
		[
			"an address on a port that Roblox blocks",
			{ PUBLIC_URL: "https://keys.example.com:1194" },
			/^PUBLIC_URL has port 1194/,
		],
		[
			"an address on a low port",
			{ PUBLIC_URL: "http://keys.example.com:1023" },
			/^PUBLIC_URL has port 1023.*use 443, 80/,
		],
		["a port that Roblox blocks, without an address", { PORT: "1194" }, /^PORT has port 1194/],
		["a port of 0", { PORT: "0" }, /^PORT must be a whole number from 1/],
		["backups every second", { BACKUP_EVERY: "1s" }, /^BACKUP_EVERY must be minutes, hours or days/],
		["backups never", { BACKUP_EVERY: "0h" }, /^BACKUP_EVERY must be minutes, hours or days/],
		["no backup to keep", { BACKUP_KEEP: "0" }, /^BACKUP_KEEP must be a whole number/],
		["a short metrics token", { METRICS_TOKEN: "hunter2" }, /^METRICS_TOKEN must have at least 16 characters/],
		["a proxy that is not an address", { TRUSTED_PROXIES: "10.0.0.0/8,proxy" }, /^TRUSTED_PROXIES must be addresses/],
		["a proxy range that covers every address", { TRUSTED_PROXIES: "0.0.0.0/0" }, /^TRUSTED_PROXIES must be addresses/],
		["an unknown sign-up mode", { SIGN_UP: "maybe" }, /^SIGN_UP must be one of open, invite, closed/],
		["no process that serves", { WEB_CONCURRENCY: "0" }, /^WEB_CONCURRENCY must be a whole number from 1 to 64/],
		["a pairing lifetime of 0", { PAIRING_TTL_SECONDS: "0" }, /^PAIRING_TTL_SECONDS must be a whole number/],
		["a negative limit", { RATE_LIMIT_SCALE: "-1" }, /^RATE_LIMIT_SCALE must be a number/],
		["a mail server without a sender", { SMTP_URL: "smtp://me:hunter2@mail.example.com" }, /^SMTP_URL and MAIL_FROM/],
		["a sender without a mail server", { MAIL_FROM: "keys@example.com" }, /^SMTP_URL and MAIL_FROM belong together/],
		[
			"a mail server with another scheme",
			{ SMTP_URL: "https://me:hunter2@mail.example.com", MAIL_FROM: "keys@example.com" },
			/^SMTP_URL must be smtp:/,
		],
		[
			"a mail server with query parameters",
			{ SMTP_URL: "smtp://me:hunter2@mail.example.com?logger=true", MAIL_FROM: "keys@example.com" },
			/^SMTP_URL must be smtp:/,
		],
		[
			"a password without a user",
			{ SMTP_URL: "smtp://:hunter2@mail.example.com", MAIL_FROM: "keys@example.com" },
			/^SMTP_URL must be smtp:/,
		],
		[
			"a sender that is not an address",
			{ SMTP_URL: "smtp://mail.example.com", MAIL_FROM: "Auxvyn" },
			/^MAIL_FROM must be an e-mail address/,
		],
		...[
			["another scheme", "mysql://me:hunter2@db/auxvyn", /must be postgres:\/\/user/],
			["no database", "postgres://me:hunter2@db", /must be postgres:\/\/user/],
			["a slash in the password", "postgres://me:hunter2@x/y@db/auxvyn", /has an @ behind its host.*%2F/],
			["a slash and a ? in it", "postgres://me:hunter2@x/y?@db/auxvyn", /has an @ behind its host/],
			["a slash and a # in it", "postgres://me:hunter2@x/y#@db/auxvyn", /has an @ behind its host/],
			["a % in the password", "postgres://me:hunter2%zz@db/auxvyn", /has a % that begins no %XX/],
			[
				"a parameter that is misspelt",
				"postgres://me:hunter2@db/auxvyn?sslmod=verify-full",
				/may have only the parameters sslmode/,
			],
			[
				"a name for its connections",
				"postgres://me:hunter2@db/auxvyn?application_name=x",
				/may have only the parameters sslmode/,
			],
			["two modes of TLS", "postgres://db/auxvyn?sslmode=verify-full&sslmode=disable", /.*each once/],
			["a mode of TLS that is misspelt", "postgres://db/auxvyn?sslmode=verify_full", /must have sslmode=verify-full/],
			["a mode of TLS that will be weaker", "postgres://db/auxvyn?sslmode=require", /must have sslmode=verify-full/],
		].map(([what, url, fault]): [string, Record<string, string>, RegExp] => [
			`a DATABASE_URL with ${String(what)}`,
			{ DATABASE_URL: String(url) },
			new RegExp(`^DATABASE_URL ${(fault as RegExp).source}`),
		]),
		["an introspection client without a secret", { INTROSPECTION_CLIENT_ID: "x" }, /^INTROSPECTION_CLIENT_ID and/],
	])("rejects %s in one line, without repeating secrets", (_, env, line) => {
		let message = "";
		try {
			loadConfig(env);
		} catch (error) {
			if (error instanceof ConfigError) message = error.message;
		}
		expect(message).toMatch(line);
		expect(message).not.toContain("\n");
		expect(message).not.toContain("hunter2");
	});
});
