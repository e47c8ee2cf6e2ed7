import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

import { describe, expect, it } from "vitest";

import { isWellFormedKey } from "../../../shared/key-format.ts";
import { build } from "../helper.ts";
import { keepBusy, runSql } from "../storage/probes.store.ts";

const UNKNOWN_KEY = "auxvyn_0000000000000000000000000000000000000000000000000000";

describe("authenticating a key", () => {
	it("accepts a generated key in either header and names its workspace and label", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const { id, secret } = await rin.createKey("Production");
		expect(isWellFormedKey(secret)).toBe(true);

		const bearer = await server.whoami(secret);
		expect(bearer.statusCode).toBe(200);
		expect(bearer.json()).toEqual({
			workspace: { id: rin.workspaceId, name: "Rin's workspace" },
			key: { id, label: "Production", lastServerAt: null },
		});
		const apiKey = await server.whoami(undefined, { "x-api-key": secret });
		expect(apiKey.json()).toEqual(bearer.json());
		expect((await server.whoami(secret, { "x-api-key": secret })).statusCode).toBe(200);
	});

	it("says which of the four things is wrong, and asks for a token as RFC 6750 does", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id, secret } = await rin.createKey();
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
		const { formatKey } = await import("../../../shared/key-format.ts");
		const unknown = formatKey("0".repeat(52)) ?? "";

		const challenge = 'Bearer realm="auxvyn"';
		for (const [presented, code, authenticate] of [
			[undefined, "missing_key", challenge],
			["hello", "malformed_key", `${challenge}, error="invalid_token"`],
			[`${UNKNOWN_KEY}00000001`, "malformed_key", `${challenge}, error="invalid_token"`],
			[unknown, "unknown_key", `${challenge}, error="invalid_token"`],
			[secret, "revoked_key", `${challenge}, error="invalid_token"`],
		] as const) {
			const answer = await server.whoami(presented);
			expect(answer.statusCode).toBe(401);
			expect(answer.headers["content-type"]).toContain("application/problem+json");
			expect(answer.json()).toMatchObject({ status: 401, code });
			expect(answer.headers["www-authenticate"]).toBe(authenticate);
		}
		expect((await server.whoami(undefined, { authorization: "Basic abc" })).json()).toMatchObject({
			code: "missing_key",
		});
	});

	it("refuses two different keys: 400, and 401 where a reverse proxy asks", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const other = await rin.createKey();
		const headers = { authorization: `Bearer ${secret}`, "x-api-key": other.secret };
		expect((await server.whoami(undefined, headers)).statusCode).toBe(400);
		const proxied = await server.app.inject({ method: "POST", url: "/v1/forward-auth", headers });
		expect(proxied.statusCode).toBe(401);
	});

	it("sees both of two Authorization headers, where Node shows only the first", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const other = await rin.createKey();
		await server.app.listen({ port: 0, host: "127.0.0.1" });
		const ask = (...keys: string[]) =>
			new Promise<number>((resolve, reject) => {
				const { port } = server.app.server.address() as AddressInfo;
				const headers = ["Host", "localhost", ...keys.flatMap((key) => ["Authorization", `Bearer ${key}`])];
				const asked = request({ port, path: "/v1/whoami", headers }, (answer) => {
					answer.resume();
					resolve(answer.statusCode ?? 0);
				});
				asked.on("error", reject).end();
			});
		expect(await ask(secret, secret)).toBe(200);
		expect(await ask(secret, other.secret)).toBe(400);
		expect(await ask(secret, "nonsense")).toBe(400);
	});

	it("goes on while lists are read and keys are written, however long that takes", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const done: string[] = [];
		const note = (what: string) => () => void done.push(what);
		const slow = [
			server.app.storage.scan(keepBusy, { milliseconds: 1_000 }).then(note("scan")),
			server.app.storage.write(keepBusy, { milliseconds: 1_000 }).then(note("write")),
		];
		for (let time = 0; time < 5; time++) expect((await server.whoami(secret)).statusCode).toBe(200);
		done.push("games");
		await Promise.all(slow);
		expect(done[0]).toBe("games");
	});

	it("answers 503, and no game is let in unseen, while the database cannot be looked at", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		expect((await server.whoami(secret)).statusCode).toBe(200);
		const { storage } = server.app;
		await storage.write(runSql, { text: "ALTER TABLE authentication_epoch RENAME TO hidden" });
		const proxied = { url: "/v1/forward-auth", headers: { "x-api-key": secret } };
		for (const answer of await Promise.all([server.whoami(secret), server.app.inject(proxied)])) {
			expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "30"]);
		}
		expect((await server.app.inject("/readyz")).statusCode).toBe(503);
		await storage.write(runSql, { text: "ALTER TABLE hidden RENAME TO authentication_epoch" });
		expect((await server.whoami(secret)).statusCode).toBe(200);
		expect((await server.app.inject(proxied)).statusCode).toBe(200);
	});

	it("answers a reverse proxy 200 or 401 whatever body or method comes along", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		for (const key of [secret, "nonsense"]) {
			for (const [type, payload] of [
				["application/json", ""],
				["application/json", "{broken"],
				["text/plain", "hello"],
				["application/x-www-form-urlencoded", "a=b"],
				["application/octet-stream", "x".repeat(100_000)],
			] as const) {
				const headers = { authorization: `Bearer ${key}`, "content-type": type };
				const answer = await server.app.inject({ method: "POST", url: "/v1/forward-auth", headers, payload });
				expect(answer.statusCode, `${type} of ${payload.length} bytes`).toBe(key === secret ? 200 : 401);
			}
		}
		await server.app.listen({ port: 0, host: "127.0.0.1" });
		const { port } = server.app.server.address() as AddressInfo;
		for (const method of ["PROPFIND", "REPORT", "SEARCH"]) {
			const asked = request({ port, method, path: "/v1/forward-auth", headers: { "x-api-key": secret } });
			const [answer] = (await once(asked.end(), "response")) as [IncomingMessage];
			answer.resume();
			expect(answer.statusCode, method).toBe(200);
		}
	});

	it("tells a reverse proxy whose key it is, for any method", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id, secret } = await rin.createKey();
		for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"] as const) {
			const answer = await server.app.inject({ method, url: "/v1/forward-auth", headers: { "x-api-key": secret } });
			expect(answer.statusCode).toBe(200);
			expect(answer.headers).toMatchObject({ "x-auxvyn-workspace-id": rin.workspaceId, "x-auxvyn-key-id": id });
		}
		expect((await server.app.inject({ method: "PUT", url: "/v1/forward-auth" })).statusCode).toBe(401);
	});

	it("knows a rename and a revocation at once, although it remembers keys", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id, secret } = await rin.createKey("Old");
		const path = `/api/workspaces/${rin.workspaceId}/keys/${id}`;
		await server.whoami(secret);
		await rin.request("PATCH", path, { label: "New" });
		expect((await server.whoami(secret)).json()).toMatchObject({ key: { label: "New" } });
		expect((await rin.request("DELETE", path)).statusCode).toBe(204);
		const refused = await server.whoami(secret);
		expect(refused.json()).toMatchObject({ code: "revoked_key" });
		expect(refused.json<{ detail: string }>().detail).toContain("deleted in the dashboard");
		expect((await rin.request("DELETE", path)).statusCode).toBe(204);
	});

	it("counts for the operator what became of the keys presented", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		for (const key of [secret, secret, "nonsense", undefined]) await server.whoami(key);
		const metrics = (await server.app.inject({ url: "/metrics", headers: { host: "localhost:8787" } })).body;
		expect(metrics).toContain('auxvyn_authentications_total{outcome="accepted"} 2');
		expect(metrics).toContain('auxvyn_authentications_total{outcome="malformed_key"} 1');
		expect(metrics).toContain('auxvyn_authentications_total{outcome="missing_key"} 1');
	});

	it("never slows a valid key down for somebody else's guesses", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.01" } });
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const guesses = await Promise.all(Array.from({ length: 8 }, () => server.whoami("nonsense")));
		const blocked = guesses.filter((answer) => answer.statusCode === 429);
		expect(blocked.length).toBe(2);
		expect(Number(blocked[0]?.headers["retry-after"])).toBeGreaterThan(0);
		expect((await server.whoami(secret)).statusCode).toBe(200);
		server.clock.advance(61);
		expect((await server.whoami("nonsense")).statusCode).toBe(401);
	});
});
