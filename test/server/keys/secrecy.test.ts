import { expect, it } from "vitest";

import { scrypt } from "../../../server/accounts/passwords/hashing.ts";
import { build } from "../helper.ts";

const KEY = `auxvyn_${"0123456789abcdef".repeat(4).slice(0, 60)}`;

it("never exposes a raw key from any header, query, path, label or malformed body in a response, log or table", async () => {
	const server = await build({ env: { LOG_LEVEL: "trace" } });
	const rin = await server.signUp();
	const { id, secret } = await rin.createKey();
	for (const key of [KEY, secret]) {
		const session = { cookie: rin.cookie, origin: "http://localhost:8787" };
		const encoded = key.replace("auxvyn_", "%61uxvyn%5f");
		const keyHeaders = {
			"content-type": key,
			"user-agent": key,
			referer: key,
			"x-forwarded-for": key,
			"x-request-id": key,
			"accept-language": key,
		};
		const api = `/api/workspaces/${rin.workspaceId}/keys`;
		const attempts = [
			{ method: "GET", url: `/v1/whoami?key=${key}`, headers: { "x-api-key": `${key}0` } },
			{ method: "GET", url: `/v1/whoami`, headers: { authorization: `Bearer ${key} ${key}` } },
			{
				method: "GET",
				url: `/v1/whoami`,
				headers: { authorization: `Bearer ${key}`, "x-auxvyn-server": key, "x-auxvyn-place": key },
			},
			{ method: "GET", url: `/v1/whoami`, headers: { authorization: `Bearer ${key}`, "x-api-key": `${key}1` } },
			{ method: "GET", url: `/${key}`, headers: keyHeaders },
			{ method: "GET", url: `/${encoded}?${encoded}=${encoded}` },
			{ method: "GET", url: `/pair?code=${key}` },
			{ method: "GET", url: `${api}?q=${key}`, headers: session },
			{ method: "GET", url: `${api}?${key}=1`, headers: session },
			{ method: "GET", url: `${api}?cursor=${key}`, headers: session },
			{ method: "GET", url: `/api/workspaces/${key}/keys`, headers: session },
			{ method: "POST", url: api, headers: session, payload: { label: key } },
			{ method: "POST", url: api, headers: session, payload: { label: `x ${key.toUpperCase()}` } },
			{ method: "POST", url: api, headers: session, payload: { [key]: key } },
			{
				method: "POST",
				url: api,
				headers: { ...session, "content-type": "application/json" },
				payload: `{"label": ${key}`,
			},
			{ method: "POST", url: api, headers: { ...session, ...keyHeaders }, payload: key },
			{ method: "PATCH", url: `${api}/${id}`, headers: session, payload: { label: key } },
			{ method: "PATCH", url: `${api}/${key}`, headers: session, payload: { label: "x" } },
			{ method: "DELETE", url: `${api}/${key}`, headers: session },
			{ method: "POST", url: "/api/workspaces", headers: session, payload: { name: key } },
			{ method: "GET", url: `/api/pairings/${key}`, headers: session },
			{
				method: "POST",
				url: `/api/pairings/${key}/approve`,
				headers: session,
				payload: { workspaceId: key, label: key },
			},
			{
				method: "POST",
				url: "/api/auth/sign-in/email",
				headers: { ...session, "user-agent": key },
				payload: { email: `${key}@example.com`, password: key },
			},
			{
				method: "POST",
				url: "/api/auth/sign-up/email",
				headers: { ...session, "user-agent": key },
				payload: { email: "a@example.com", password: "long enough", name: key },
			},
			{
				method: "POST",
				url: "/api/auth/sign-up/email",
				headers: { ...session, ...keyHeaders },
				payload: `{"name": "${key}"`,
			},
			{
				method: "POST",
				url: "/api/auth/sign-up/email",
				headers: { origin: "http://localhost:8787", "user-agent": key, "x-forwarded-for": key },
				payload: { email: `b-${key.length}-${Math.random()}@example.com`, password: "long enough", name: "B" },
			},
		] as const;
		for (const attempt of attempts) {
			const response = await server.app.inject(attempt);
			expect(response.statusCode, `${attempt.method} ${attempt.url}`).toBeLessThan(500);
			expect(response.payload.toLowerCase()).not.toContain(key);
			expect(JSON.stringify(response.headers).toLowerCase()).not.toContain(key);
		}
		for (const form of [
			{ client_id: "auxvyn-studio", place_name: key },
			{ client_id: "auxvyn-studio", key_id: key },
			{ client_id: "auxvyn-studio", place_id: key },
			{ client_id: key },
			{ client_id: "auxvyn-studio", grant_type: key, device_code: key },
		] as Record<string, string>[]) {
			for (const url of ["/oauth/device_authorization", "/oauth/token"]) {
				const response = await server.form(url, form, { "user-agent": key });
				expect(response.statusCode).toBeLessThan(500);
				expect(response.payload).not.toContain(key);
			}
		}
	}
	const written = Buffer.concat([await server.dataBytes(), Buffer.from(server.logs.join(""))])
		.toString("latin1")
		.toLowerCase();
	for (const key of [KEY, secret]) {
		expect(written).not.toContain(key);
		expect(written).not.toContain(key.replace("auxvyn_", "%61uxvyn%5f"));
	}
});

it("never writes a device code or password to the data folder or the log, nor a session to the log", async () => {
	const server = await build({ env: { LOG_LEVEL: "trace" }, passwordHash: scrypt });
	const rin = await server.signUp();
	const { device_code } = await server.startPairing();
	await server.poll(device_code);
	await rin.request("GET", "/api/workspaces");
	const log = server.logs.join("");
	const written = Buffer.concat([await server.dataBytes(), Buffer.from(log)]).toString("latin1");
	// The cookie is the token, which the database has, and its signature.
	const value = decodeURIComponent(/session_token=([^;]+)/.exec(rin.cookie)?.[1] ?? "");
	const [token = "", signature = ""] = value.split(".");
	expect([token.length, signature.length]).toEqual([32, 44]);
	expect(written).toContain(token);
	expect(log).toContain("/api/workspaces");
	expect(log).not.toContain(token);
	for (const secret of [device_code, signature, encodeURIComponent(signature), "correct horse battery"]) {
		expect(written).not.toContain(secret);
	}
});
