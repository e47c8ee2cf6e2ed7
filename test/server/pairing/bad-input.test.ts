import { describe, expect, it } from "vitest";

import { build } from "../helper.ts";

const GRANT = "grant_type=urn:ietf:params:oauth:grant-type:device_code";
const START = "/oauth/device_authorization";
const TOKEN = "/oauth/token";

describe("OAuth routes", () => {
	it.each([
		["no client", START, "", "invalid_request"],
		["another client", START, "client_id=another", "invalid_client"],
		["a repeated parameter", START, "client_id=auxvyn-studio&client_id=auxvyn-studio", "invalid_request"],
		["a place id in letters", START, "client_id=auxvyn-studio&place_id=12x", "invalid_request"],
		["an unknown intent", START, "client_id=auxvyn-studio&intent=steal", "invalid_request"],
		["a malformed key id", START, "client_id=auxvyn-studio&key_id=../../etc", "invalid_request"],
		[
			"a place name of 101 characters",
			START,
			`client_id=auxvyn-studio&place_name=${"x".repeat(101)}`,
			"invalid_request",
		],
		["no grant", TOKEN, "client_id=auxvyn-studio", "invalid_request"],
		["another grant", TOKEN, "client_id=auxvyn-studio&grant_type=password", "unsupported_grant_type"],
		["no device code", TOKEN, `client_id=auxvyn-studio&${GRANT}`, "invalid_request"],
		[
			"an unknown device code",
			TOKEN,
			`client_id=auxvyn-studio&${GRANT}&device_code=${"A".repeat(43)}`,
			"invalid_grant",
		],
		["a malformed device code", TOKEN, `client_id=auxvyn-studio&${GRANT}&device_code=nonsense`, "invalid_grant"],
		[
			"a repeated device code",
			TOKEN,
			`client_id=auxvyn-studio&${GRANT}&device_code=a&device_code=b`,
			"invalid_request",
		],
		["no token to revoke", "/oauth/revoke", "", "invalid_request"],
		["a repeated token", "/oauth/revoke", "token=a&token=b", "invalid_request"],
		["no credentials to introspect", "/oauth/introspect", "token=a", "invalid_client"],
		["a malformed escape", TOKEN, "client_id=%zz", "invalid_client"],
	])("respond to %s with an OAuth error", async (_, url, body, error) => {
		const server = await build();
		const response = await server.form(url, body);
		expect(response.json()).toMatchObject({ error });
		expect(response.statusCode).toBe(400);
		expect(response.headers["content-type"]).toContain("application/json");
		expect(response.headers["www-authenticate"]).toBeUndefined();
	});

	it.each([
		["JSON", "application/json", "{}"],
		["broken JSON", "application/json", '{"client_id"'],
		["plain text", "text/plain", "client_id=auxvyn-studio"],
		["1 MB", "application/x-www-form-urlencoded", `client_id=${"x".repeat(1_000_000)}`],
	])("respond to a body of %s with an OAuth error", async (_, type, payload) => {
		const server = await build();
		for (const url of [START, TOKEN, "/oauth/revoke", "/oauth/introspect", "/oauth/nothing"]) {
			const response = await server.app.inject({ method: "POST", url, headers: { "content-type": type }, payload });
			expect(response.statusCode, url).toBe(400);
			expect(response.json(), url).toHaveProperty("error");
		}
	});

	it("tell a plugin with another protocol version which plugin to install", async () => {
		const server = await build();
		const form = { client_id: "auxvyn-studio" };
		const refused = await server.form(START, form, { "x-auxvyn-protocol": "2" });
		expect(refused.statusCode).toBe(400);
		expect(refused.json()).toMatchObject({ error: "protocol_unsupported" });
		expect(refused.json<{ error_description: string }>().error_description).toContain("Auxvyn.rbxmx");
		expect((await server.form(START, form, { "x-auxvyn-protocol": "1" })).statusCode).toBe(200);
		expect((await server.form(START, form)).statusCode).toBe(200);
	});

	it("ignore unknown parameters (RFC 6749 §3.1)", async () => {
		const server = await build();
		const response = await server.form(START, {
			client_id: "auxvyn-studio",
			scope: "all",
			resource: "https://example.com",
		});
		expect(response.statusCode).toBe(200);
	});

	it("limit an address to 60 new pairings per minute", async () => {
		const server = await build();
		for (let started = 0; started < 60; started++) await server.startPairing();
		const refused = await server.form(START, { client_id: "auxvyn-studio" });
		expect(refused.statusCode).toBe(503);
		expect(refused.json()).toMatchObject({ error: "temporarily_unavailable" });
		expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
		server.clock.advance(61);
		await server.startPairing();
	});

	it("write nothing for wrong secrets, and limit them", async () => {
		const server = await build({
			env: {
				INTROSPECTION_CLIENT_ID: "api",
				INTROSPECTION_CLIENT_SECRET: "a secret of twenty",
				RATE_LIMIT_SCALE: "0.01",
			},
		});
		const before = server.commits();
		const basic = { authorization: `Basic ${Buffer.from("api:guess").toString("base64")}` };
		const codes = [];
		for (let attempt = 0; attempt < 4; attempt++) {
			const token = `auxvyn_${String(attempt).repeat(60)}`;
			codes.push((await server.form("/oauth/revoke", { token })).statusCode);
			codes.push((await server.form("/oauth/introspect", { token }, basic)).statusCode);
			await server.poll("A".repeat(43));
		}
		expect(codes).toEqual([200, 401, 200, 401, 200, 401, 503, 503]);
		expect(server.commits()).toBe(before);
	});

	it("return an issued key again without writing", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { device_code, user_code } = await server.startPairing();
		await rin.request("POST", `/api/pairings/${user_code}/approve`, { workspaceId: rin.workspaceId, label: "One" });
		await server.poll(device_code);
		const before = server.commits();
		expect((await server.poll(device_code)).statusCode).toBe(200);
		expect((await rin.request("GET", `/api/pairings/${user_code}`)).json()).toMatchObject({ status: "issued" });
		expect(server.commits()).toBe(before);
	});

	it("revoke a key by its secret, and respond with 200 to any other token", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		for (const token of ["nonsense", `auxvyn_${"0".repeat(60)}`, secret, secret]) {
			expect((await server.form("/oauth/revoke", { token, token_type_hint: "access_token" })).statusCode).toBe(200);
		}
		expect((await server.whoami(secret)).json()).toMatchObject({ code: "revoked_key" });
	});
});
