import { describe, expect, it } from "vitest";

import { ConfigError, loadConfig } from "../../server/config.ts";

describe("the configuration", () => {
	it("needs nothing to be set", () => {
		expect(loadConfig({})).toEqual({
			port: 8787,
			host: "127.0.0.1",
			publicUrl: "http://localhost:8787",
			dataDir: "data",
			secret: undefined,
			trustedProxies: [],
			signUp: "open",
			pairingTtlSeconds: 600,
			rateLimitScale: 1,
			metricsToken: undefined,
			introspection: undefined,
			pluginBuild: "auto",
			logLevel: "info",
		});
	});

	it("takes every variable, and treats an empty one as absent", () => {
		const config = loadConfig({
			PORT: "80",
			HOST: "0.0.0.0",
			PUBLIC_URL: "https://keys.example.com/",
			TRUSTED_PROXIES: "10.0.0.0/8, ::1",
			RATE_LIMIT_SCALE: "0.5",
			SIGN_UP: "",
		});
		expect(config).toMatchObject({
			port: 80,
			publicUrl: "https://keys.example.com",
			trustedProxies: ["10.0.0.0/8", "::1"],
			rateLimitScale: 0.5,
			signUp: "open",
		});
	});

	it.each([
		["a port that is no number", { PORT: "http" }, /^PORT must be a whole number/],
		["an address for everybody without PUBLIC_URL", { HOST: "0.0.0.0" }, /^HOST is 0\.0\.0\.0.*PUBLIC_URL is needed/],
		[
			"a PUBLIC_URL with a path",
			{ PUBLIC_URL: "https://keys.example.com/auxvyn" },
			/^PUBLIC_URL must be a bare origin/,
		],
		["a PUBLIC_URL with a user", { PUBLIC_URL: "https://me@keys.example.com" }, /^PUBLIC_URL must be a bare origin/],
		["a PUBLIC_URL of another scheme", { PUBLIC_URL: "ftp://keys.example.com" }, /^PUBLIC_URL must be a bare origin/],
		["a short secret", { AUXVYN_SECRET: "hunter2" }, /^AUXVYN_SECRET must have at least 32 characters/],
		["a port of 0, which nobody could be told", { PORT: "0" }, /^PORT must be a whole number from 1/],
		["a short metrics token", { METRICS_TOKEN: "hunter2" }, /^METRICS_TOKEN must have at least 16 characters/],
		["a proxy that is no address", { TRUSTED_PROXIES: "10.0.0.0/8,proxy" }, /^TRUSTED_PROXIES must be addresses/],
		["a proxy range of everybody", { TRUSTED_PROXIES: "0.0.0.0/0" }, /^TRUSTED_PROXIES must be addresses/],
		["an unknown way to sign up", { SIGN_UP: "maybe" }, /^SIGN_UP must be one of open, invite, closed/],
		["a pairing that never ends", { PAIRING_TTL_SECONDS: "0" }, /^PAIRING_TTL_SECONDS must be a whole number/],
		["a negative limit", { RATE_LIMIT_SCALE: "-1" }, /^RATE_LIMIT_SCALE must be a number/],
		["half of the introspection client", { INTROSPECTION_CLIENT_ID: "x" }, /^INTROSPECTION_CLIENT_ID and/],
	])("refuses %s, in one line that does not repeat a secret", (_, env, line) => {
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
