import { describe, expect, it } from "vitest";

import type { SqliteDatabase } from "../../../server/storage/sqlite/open-database.ts";
import type { KeyList } from "../../../shared/wire.ts";
import { build, type Person } from "../helper.ts";

async function list(person: Person, query = ""): Promise<KeyList> {
	return (await person.request("GET", `/api/workspaces/${person.workspaceId}/keys${query}`)).json<KeyList>();
}

describe("a workspace's keys", () => {
	it("are listed newest first, in pages, including revoked ones", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const ids: string[] = [];
		for (let index = 0; index < 7; index++) {
			if (index % 2 === 0) server.clock.advance(1);
			ids.unshift((await rin.createKey(`Key ${index}`)).id);
		}
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${ids[3]}`);
		const seen: string[] = [];
		for (let after = ""; ;) {
			const page = await list(rin, `?limit=3${after}`);
			expect(page.keys.length).toBeLessThanOrEqual(3);
			seen.push(...page.keys.map((key) => key.id));
			if (page.nextCursor === null) break;
			after = `&cursor=${page.nextCursor}`;
		}
		expect(new Set(seen)).toEqual(new Set(ids));
		expect(seen).toHaveLength(7);
		const times = (await list(rin)).keys.map((key) => key.createdAt);
		expect(times).toEqual([...times].sort().reverse());
		const [revoked] = (await list(rin, "?state=revoked")).keys;
		expect(revoked).toMatchObject({
			id: ids[3],
			state: "revoked",
			revokedBy: { name: "Rin" },
			revokedReason: "deleted",
		});
		expect((await list(rin, "?state=active")).keys).toHaveLength(6);
	});

	it("are found by part of their label, with % and _ taken literally", async () => {
		const server = await build();
		const rin = await server.signUp();
		for (const label of ["Production", "100% sure", "snake_case", "Pro!"]) await rin.createKey(label);
		const found = async (q: string) => (await list(rin, `?q=${encodeURIComponent(q)}`)).keys.map((key) => key.label);
		expect(await found("pro")).toEqual(expect.arrayContaining(["Production", "Pro!"]));
		expect(await found("%")).toEqual(["100% sure"]);
		expect(await found("_")).toEqual(["snake_case"]);
		expect(await found("!")).toEqual(["Pro!"]);
		expect(await found("'; DROP TABLE api_key")).toEqual([]);
	});

	it("can be created, renamed and deleted, and show their secret only once", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const path = `/api/workspaces/${rin.workspaceId}/keys`;
		const created = await rin.request("POST", path, { label: "  Production 🚀 " });
		expect(created.statusCode).toBe(201);
		expect(created.headers).toMatchObject({ "cache-control": "no-store", pragma: "no-cache" });
		const { key, secret } = created.json<{ key: { id: string; hint: string }; secret: string }>();
		expect(key).toMatchObject({
			label: "Production 🚀",
			hint: secret.slice(-4),
			state: "active",
			origin: "dashboard",
			place: null,
			createdBy: { id: rin.accountId, name: "Rin" },
			lastUsedAt: null,
			requests24h: 0,
			revokedAt: null,
		});
		const renamed = await rin.request("PATCH", `${path}/${key.id}`, { label: "Staging" });
		expect(renamed.json()).toMatchObject({ key: { id: key.id, label: "Staging" } });
		expect(JSON.stringify(await list(rin))).not.toContain(secret);
		for (let times = 0; times < 2; times++) {
			expect((await rin.request("DELETE", `${path}/${key.id}`)).statusCode).toBe(204);
		}
	});

	it.each([
		["empty", ""],
		["only spaces", "   "],
		["too long", "x".repeat(65)],
		["with a control character", "a\u0007b"],
		["with half of a surrogate pair", "a\ud800"],
		["containing a key", `my auxvyn_${"0".repeat(60)}`],
		["not a string", 7],
	])("refuse a label that is %s, naming the field", async (_, label) => {
		const server = await build();
		const rin = await server.signUp();
		const response = await rin.request("POST", `/api/workspaces/${rin.workspaceId}/keys`, { label });
		expect(response.statusCode).toBe(400);
		expect(response.json()).toMatchObject({ errors: [{ path: "label" }] });
		expect((await list(rin)).keys).toEqual([]);
	});

	it("accept a label of 64 code points, whatever its length in bytes", async () => {
		const server = await build();
		const rin = await server.signUp();
		await rin.createKey("🗝".repeat(64));
		expect((await list(rin)).keys[0]?.label).toBe("🗝".repeat(64));
	});

	it("are protected: 401 without a session, 404 for non-members, 403 without permission", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const eve = await server.signUp("Eve");
		const { id, secret } = await rin.createKey();
		const path = `/api/workspaces/${rin.workspaceId}/keys`;
		const attempts = [
			["GET", path, undefined],
			["POST", path, { label: "x" }],
			["PATCH", `${path}/${id}`, { label: "x" }],
			["DELETE", `${path}/${id}`, undefined],
		] as const;
		for (const [method, url, body] of attempts) {
			expect((await eve.request(method, url, body)).statusCode).toBe(404);
			const anonymous = await eve.request(method, url, body, { cookie: "" });
			expect(anonymous.statusCode).toBe(401);
		}
		expect((await eve.request("DELETE", `/api/workspaces/${eve.workspaceId}/keys/${id}`)).statusCode).toBe(404);
		server.db.prepare("INSERT INTO member VALUES (?, ?, 'member', 0)").run(rin.workspaceId, eve.accountId);
		for (const [method, url, body] of attempts) {
			expect((await eve.request(method, url, body)).statusCode).toBe(method === "GET" ? 200 : 403);
		}
		expect((await server.whoami(secret)).statusCode).toBe(200);
	});

	it.each([
		["limit=0"],
		["limit=201"],
		["limit=many"],
		["limit=true"],
		["cursor=nonsense"],
		["state=sleeping"],
		["colour=red"],
		["limit=1&limit=2"],
	])("refuse the query %s", async (query) => {
		const server = await build();
		const rin = await server.signUp();
		const response = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys?${query}`);
		expect(response.statusCode).toBe(400);
		expect(response.headers["content-type"]).toContain("application/problem+json");
	});

	it("list the valid values in the error for a query parameter", async () => {
		const server = await build();
		const rin = await server.signUp();
		const response = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys?state=sleeping`);
		expect(response.json()).toMatchObject({ errors: [{ path: "state", message: "must be active or revoked" }] });
	});

	it("can number 100,000 in one workspace", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey("The last");
		fillWorkspace(server.db, rin.workspaceId, 100_000);
		expect((await server.whoami(secret)).statusCode).toBe(200);
		const page = await list(rin, "?limit=200");
		expect(page.keys).toHaveLength(200);
		expect(page.nextCursor).not.toBeNull();
		expect((await list(rin, "?q=key%2099999")).keys).toHaveLength(1);
	});
});

function fillWorkspace(db: SqliteDatabase, workspaceId: string, count: number): void {
	db.prepare(
		`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, label_folded, hint, origin, created_at, sealed_at)
		SELECT i, randomblob(32), 'key_' || i, ?, 'Key ' || i, 'key ' || i, 'abcd', 'dashboard', i, i FROM n`,
	).run(count, workspaceId);
}
