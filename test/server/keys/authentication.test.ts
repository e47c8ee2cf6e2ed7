import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

import { describe, expect, it } from "vitest";

import { digestOf, digestPrefix } from "../../../server/keys/authenticate/digest.ts";
import { generateKey } from "../../../server/keys/manage/generate-key.ts";
import { isWellFormedKey } from "../../../shared/key-format.ts";
import { build } from "../helper.ts";
import { runSql } from "../storage/probes.store.ts";
import { workSlowly } from "../storage/slow-work.ts";

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
			rotation: null,
		});
		const apiKey = await server.whoami(undefined, { "x-api-key": secret });
		expect(apiKey.json()).toEqual(bearer.json());
		expect((await server.whoami(secret, { "x-api-key": secret })).statusCode).toBe(200);
	});

	it("responds with one of four codes and an RFC 6750 challenge", async () => {
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
			const response = await server.whoami(presented);
			expect(response.statusCode).toBe(401);
			expect(response.headers["content-type"]).toContain("application/problem+json");
			expect(response.json()).toMatchObject({ status: 401, code });
			expect(response.headers["www-authenticate"]).toBe(authenticate);
		}
		expect((await server.whoami(undefined, { authorization: "Basic abc" })).json()).toMatchObject({
			code: "missing_key",
		});
	});

	it("refuses two different keys with 400, or 401 for a reverse proxy", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const other = await rin.createKey();
		const headers = { authorization: `Bearer ${secret}`, "x-api-key": other.secret };
		expect((await server.whoami(undefined, headers)).statusCode).toBe(400);
		const proxied = await server.app.inject({ method: "POST", url: "/v1/forward-auth", headers });
		expect(proxied.statusCode).toBe(401);
	});

	it("reads repeated Authorization headers, of which Node keeps only the first", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const other = await rin.createKey();
		await server.app.listen({ port: 0, host: "127.0.0.1" });
		const send = (...keys: string[]) =>
			new Promise<number>((resolve, reject) => {
				const { port } = server.app.server.address() as AddressInfo;
				const headers = ["Host", "localhost", ...keys.flatMap((key) => ["Authorization", `Bearer ${key}`])];
				const sent = request({ port, path: "/v1/whoami", headers }, (response) => {
					response.resume();
					resolve(response.statusCode ?? 0);
				});
				sent.on("error", reject).end();
			});
		expect(await send(secret, secret)).toBe(200);
		expect(await send(secret, other.secret)).toBe(400);
		expect(await send(other.secret, secret)).toBe(400);
		expect(await send(secret, "nonsense")).toBe(200);
		expect(await send("nonsense", secret)).toBe(200);
		expect(await send("nonsense", "other nonsense")).toBe(401);
	});

	it("is not blocked by long scans and writes", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const done: string[] = [];
		const note = (name: string) => () => void done.push(name);
		const slow = [
			workSlowly(server.app.storage, "scan", 1_000).then(note("scan")),
			workSlowly(server.app.storage, "write", 1_000).then(note("write")),
		];
		for (let time = 0; time < 5; time++) expect((await server.whoami(secret)).statusCode).toBe(200);
		done.push("games");
		await Promise.all(slow);
		expect(done[0]).toBe("games");
	});

	it("responds with 503 while the database cannot be checked, even for cached keys", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		expect((await server.whoami(secret)).statusCode).toBe(200);
		const { storage } = server.app;
		await storage.write(runSql, { text: "ALTER TABLE authentication_epoch RENAME TO hidden" });
		const url = `/v1/forward-auth?workspace=${rin.workspaceId}`;
		const proxied = { url, headers: { "x-api-key": secret } };
		for (const response of await Promise.all([server.whoami(secret), server.app.inject(proxied)])) {
			expect([response.statusCode, response.headers["retry-after"]]).toEqual([503, "30"]);
		}
		expect((await server.app.inject("/readyz")).statusCode).toBe(503);
		await storage.write(runSql, { text: "ALTER TABLE hidden RENAME TO authentication_epoch" });
		expect((await server.whoami(secret)).statusCode).toBe(200);
		expect((await server.app.inject(proxied)).statusCode).toBe(200);
	});

	it("responds to a reverse proxy with 200 or 401, whatever the method and body", async () => {
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
				const url = `/v1/forward-auth?workspace=${rin.workspaceId}`;
				const response = await server.app.inject({ method: "POST", url, headers, payload });
				expect(response.statusCode, `${type} of ${payload.length} bytes`).toBe(key === secret ? 200 : 401);
			}
		}
		await server.app.listen({ port: 0, host: "127.0.0.1" });
		const { port } = server.app.server.address() as AddressInfo;
		for (const method of ["PROPFIND", "REPORT", "SEARCH"]) {
			const path = `/v1/forward-auth?workspace=${rin.workspaceId}`;
			const sent = request({ port, method, path, headers: { "x-api-key": secret } });
			const [response] = (await once(sent.end(), "response")) as [IncomingMessage];
			response.resume();
			expect(response.statusCode, method).toBe(200);
		}
	});

	it("tells a reverse proxy the workspace and key, for any method", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id, secret } = await rin.createKey();
		for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"] as const) {
			const url = `/v1/forward-auth?workspace=${rin.workspaceId}`;
			const response = await server.app.inject({ method, url, headers: { "x-api-key": secret } });
			expect(response.statusCode).toBe(200);
			expect(response.headers).toMatchObject({ "x-auxvyn-workspace-id": rin.workspaceId, "x-auxvyn-key-id": id });
		}
		expect((await server.app.inject({ method: "PUT", url: "/v1/forward-auth" })).statusCode).toBe(401);
	});

	it("applies a rename or revocation at once, even if the key is cached", async () => {
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

	it("still uses the cache after counts of use were written", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id, secret } = await rin.createKey("Cached");
		await server.whoami(secret);
		const before = server.commits();
		await server.app.usage.flush();
		expect(server.commits()).not.toBe(before);
		// Only a key that is read again shows what this changes, because it leaves the epoch as it is.
		server.db.transaction(() => {
			const epoch = server.db.prepare("SELECT value FROM authentication_epoch").pluck().get();
			server.db.prepare("UPDATE api_key SET label = 'Read again' WHERE id = ?").run(id);
			server.db.prepare("UPDATE authentication_epoch SET value = ?").run(epoch);
		})();
		expect((await server.whoami(secret)).json()).toMatchObject({ key: { label: "Cached" } });
		server.db.prepare("UPDATE authentication_epoch SET value = randomblob(8)").run();
		expect((await server.whoami(secret)).json()).toMatchObject({ key: { label: "Read again" } });
	});

	it("compares the whole digest, of which the database's index has the first eight bytes", async () => {
		const server = await build();
		const rin = await server.signUp();
		const secret = generateKey();
		const digest = digestOf(secret);
		const almost = Buffer.from(digest, "hex").fill(0, 31);
		const insert = server.db
			.prepare(`INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, hint, origin, created_at, sealed_at)
			VALUES (?, ?, 'key_almost', ?, 'Almost', 'abcd', 'dashboard', 1, 1)`);
		insert.run(digestPrefix(digest), almost, rin.workspaceId);
		expect((await server.whoami(secret)).json()).toMatchObject({ code: "unknown_key" });
		expect((await server.form("/oauth/revoke", { token: secret })).statusCode).toBe(200);
		const state = server.db.prepare("SELECT revoked_at FROM api_key WHERE id = 'key_almost'").pluck();
		expect(state.get()).toBeNull();
	});

	it("counts outcomes in the metrics", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		for (const key of [secret, secret, "nonsense", undefined]) await server.whoami(key);
		const metrics = (await server.app.inject({ url: "/metrics", headers: { host: "localhost:8787" } })).body;
		expect(metrics).toContain('auxvyn_authentications_total{outcome="accepted"} 2');
		expect(metrics).toContain('auxvyn_authentications_total{outcome="malformed_key"} 1');
		expect(metrics).toContain('auxvyn_authentications_total{outcome="missing_key"} 1');
	});

	it("limits invalid keys per address, and accepts valid ones from there all the same", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.01" } });
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const guesses = await Promise.all(Array.from({ length: 8 }, () => server.whoami("nonsense")));
		const blocked = guesses.filter((response) => response.statusCode === 429);
		expect(blocked.length).toBe(2);
		expect(Number(blocked[0]?.headers["retry-after"])).toBeGreaterThan(0);
		expect((await server.whoami(secret)).statusCode).toBe(200);
		server.clock.advance(61);
		expect((await server.whoami("nonsense")).statusCode).toBe(401);
	});
});
