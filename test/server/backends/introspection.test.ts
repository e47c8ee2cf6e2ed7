import { describe, expect, it } from "vitest";

import type { BackendList, Key, KeyList, KeyUsage } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { backendsOf, clientOf, createBackend, introspect } from "./helper.ts";

const OPERATOR = { id: "operator", secret: "a secret long enough to be taken" };
const ENV = { INTROSPECTION_CLIENT_ID: OPERATOR.id, INTROSPECTION_CLIENT_SECRET: OPERATOR.secret };

async function onlyKey(server: TestServer, person: Person): Promise<Key | undefined> {
	await server.app.usage.flush();
	const list = await person.request("GET", `/api/workspaces/${person.workspaceId}/keys`);
	return list.json<KeyList>().keys[0];
}

/** Rin's and Jo's workspaces, each with a backend. */
async function two(env: Record<string, string> = {}) {
	const server = await build({ env });
	const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
	return { server, rin, jo, own: clientOf(await createBackend(rin)), foreign: clientOf(await createBackend(jo)) };
}

describe("introspection", () => {
	it("shows a backend the keys of its own workspace as active, and no others; the operator sees all", async () => {
		const { server, rin, own, foreign } = await two(ENV);
		const { id, secret } = await rin.createKey("Production");
		const active = {
			active: true,
			token_type: "Bearer",
			sub: rin.workspaceId,
			workspace: { id: rin.workspaceId, name: "Rin's workspace" },
			key: { id, label: "Production" },
		};
		for (let cached = 0; cached < 2; cached++) {
			expect((await introspect(server, own, secret)).json()).toEqual(active);
			expect((await introspect(server, OPERATOR, secret)).json()).toEqual(active);
			const answer = await introspect(server, foreign, secret);
			expect([answer.statusCode, answer.body]).toEqual([200, '{"active":false}']);
		}
	});

	it("needs no operator's pair", async () => {
		const { server, rin, own } = await two();
		const { secret } = await rin.createKey();
		expect((await introspect(server, own, secret)).json()).toMatchObject({ active: true });
		const refused = await introspect(server, OPERATOR, secret);
		expect([refused.statusCode, refused.json()]).toMatchObject([401, { error: "invalid_client" }]);
	});

	it("refuses a wrong secret, another backend's secret, and a key instead of a secret", async () => {
		const { server, rin, own, foreign } = await two(ENV);
		const { secret } = await rin.createKey();
		for (const client of [
			{ id: own.id, secret: `${own.secret}x` },
			{ id: own.id, secret: "" },
			{ id: own.id, secret: foreign.secret },
			{ id: own.id, secret: OPERATOR.secret },
			{ id: own.id, secret },
			{ id: "bk_00000000000000000000", secret: own.secret },
			{ id: OPERATOR.id, secret: own.secret },
		]) {
			const refused = await introspect(server, client, secret);
			expect([refused.statusCode, refused.json()]).toMatchObject([401, { error: "invalid_client" }]);
			expect(refused.body).not.toContain("bks_");
		}
		expect((await server.whoami(own.secret)).json()).toMatchObject({ code: "malformed_key" });
	});

	it("refuses a deleted backend from the next request on", async () => {
		const { server, rin, own } = await two();
		const { secret } = await rin.createKey();
		expect((await introspect(server, own, secret)).statusCode).toBe(200);
		await rin.request("DELETE", `${backendsOf(rin)}/${own.id}`);
		expect((await introspect(server, own, secret)).statusCode).toBe(401);
	});

	it("refuses a backend that another process deleted", async () => {
		const { server, own, foreign } = await two();
		expect((await introspect(server, own, "x")).statusCode).toBe(200);
		server.db.prepare("DELETE FROM backend WHERE id = ?").run(own.id);
		expect((await introspect(server, own, "x")).statusCode).toBe(401);
		expect((await introspect(server, foreign, "x")).statusCode).toBe(200);
	});

	it("limits wrong secrets per address, and accepts right ones from there all the same", async () => {
		const { server, own } = await two({ RATE_LIMIT_SCALE: "0.05" });
		const wrong = { ...own, secret: "guess" };
		const codes: number[] = [];
		for (let attempt = 0; attempt < 31; attempt++) codes.push((await introspect(server, wrong, "x")).statusCode);
		expect(codes.slice(-2)).toEqual([401, 503]);
		expect((await introspect(server, own, "x")).statusCode).toBe(200);
	});

	it("by a foreign backend does not seal a key, or count as its use", async () => {
		const { server, rin, own, foreign } = await two();
		const { access_token: secret, key, userCode } = await server.pair(rin);
		const status = async () =>
			(await rin.request("GET", `/api/pairings/${userCode}`)).json<{ status: string }>().status;
		expect((await introspect(server, foreign, secret)).json()).toEqual({ active: false });
		expect(await status()).toBe("issued");
		expect(await onlyKey(server, rin)).toMatchObject({ confirmedAt: null, lastUsedAt: null, requests24h: 0 });

		expect((await introspect(server, own, secret)).json()).toMatchObject({ active: true, key: { id: key.id } });
		expect(await status()).toBe("sealed");
		expect(await onlyKey(server, rin)).toMatchObject({ requests24h: 1 });
		await introspect(server, foreign, secret);
		expect(await onlyKey(server, rin)).toMatchObject({ requests24h: 1 });
	});

	it("of a revoked key counts as a refusal only for a backend that may see the key", async () => {
		const { server, rin, own, foreign } = await two();
		const { id, secret } = await rin.createKey();
		const path = `/api/workspaces/${rin.workspaceId}/keys/${id}`;
		await rin.request("DELETE", path);
		const refusals = async () => {
			await server.app.usage.flush();
			return (await rin.request("GET", `${path}/usage`)).json<KeyUsage>().refused.at(-1);
		};
		expect((await introspect(server, foreign, secret)).body).toBe('{"active":false}');
		expect(await refusals()).toBe(0);
		expect((await introspect(server, own, secret)).body).toBe('{"active":false}');
		expect(await refusals()).toBe(1);
	});
});

describe("a backend's last use", () => {
	async function lastUsed(person: Person): Promise<string | null | undefined> {
		return (await person.request("GET", backendsOf(person))).json<BackendList>().backends[0]?.lastUsedAt;
	}

	it("is the last request with its credentials, whatever the token", async () => {
		const { server, rin, own } = await two();
		await introspect(server, { ...own, secret: "wrong" }, "x");
		await server.app.backends.flush();
		expect(await lastUsed(rin)).toBeNull();
		const used = new Date(server.clock.now()).toISOString();
		await introspect(server, own, "x");
		await server.app.backends.flush();
		expect(await lastUsed(rin)).toBe(used);
	});

	it("is written when the server closes", async () => {
		const { server, rin, own } = await two();
		await introspect(server, own, "x");
		await server.close();
		const again = await build({ dataDir: server.dataDir, clock: server.clock });
		const list = await again.app.inject({ url: backendsOf(rin), headers: { cookie: rin.cookie } });
		expect(list.json<BackendList>().backends[0]?.lastUsedAt).toBe(new Date(server.clock.now()).toISOString());
	});
});
