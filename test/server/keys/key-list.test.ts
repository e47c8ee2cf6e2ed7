import { describe, expect, it } from "vitest";

import { firstKeys } from "../../../server/keys/manage/key-list.store.ts";
import type { Key, KeyList } from "../../../shared/wire.ts";
import { PLAYTEST, PLUGIN } from "../../game.ts";
import { build, type Person, type TestServer } from "../helper.ts";

async function list(person: Person, query: Record<string, string | number> = {}): Promise<KeyList> {
	const search = new URLSearchParams(
		Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
	);
	const response = await person.request("GET", `/api/workspaces/${person.workspaceId}/keys?${search.toString()}`);
	expect(response.statusCode).toBe(200);
	return response.json<KeyList>();
}

/** The labels on all pages. */
async function listAll(person: Person, query: Record<string, string | number>): Promise<string[]> {
	const labels: string[] = [];
	for (let cursor: string | null | undefined; cursor !== null;) {
		const page: KeyList = await list(person, { ...query, limit: 2, ...(cursor !== undefined && { cursor }) });
		expect(page.keys.length).toBeLessThanOrEqual(2);
		labels.push(...page.keys.map((key) => key.label));
		cursor = page.nextCursor;
	}
	return labels;
}

async function use(server: TestServer, secret: string, times: number): Promise<void> {
	server.clock.advance(60);
	for (let n = 0; n < times; n++) await server.whoami(secret);
	await server.app.usage.flush();
}

/** Creates keys b, A, c, é and d, uses c twice, then b once, and revokes d. */
async function fiveKeys(server: TestServer): Promise<Person> {
	const rin = await server.signUp();
	const created = new Map<string, { id: string; secret: string }>();
	for (const label of ["b", "A", "c", "é", "d"]) {
		server.clock.advance(1);
		created.set(label, await rin.createKey(label));
	}
	await use(server, created.get("c")?.secret ?? "", 2);
	await use(server, created.get("b")?.secret ?? "", 1);
	await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${created.get("d")?.id ?? ""}`);
	return rin;
}

describe("the order of a key list", () => {
	it("is by creation, label, last use or requests, in both directions and across pages", async () => {
		const server = await build();
		const rin = await fiveKeys(server);
		expect(await listAll(rin, {})).toEqual(["d", "é", "c", "A", "b"]);
		expect(await listAll(rin, { sort: "created", order: "asc" })).toEqual(["b", "A", "c", "é", "d"]);
		expect(await listAll(rin, { sort: "label" })).toEqual(["A", "b", "c", "d", "é"]);
		expect(await listAll(rin, { sort: "label", order: "desc", state: "active" })).toEqual(["é", "c", "b", "A"]);
		expect((await listAll(rin, { sort: "used" })).slice(0, 2)).toEqual(["b", "c"]);
		expect((await listAll(rin, { sort: "used", order: "asc" })).slice(-2)).toEqual(["c", "b"]);
		expect((await listAll(rin, { sort: "requests" })).slice(0, 2)).toEqual(["c", "b"]);
		for (const sort of ["created", "label", "used", "requests"]) {
			for (const order of ["asc", "desc"]) {
				expect((await listAll(rin, { sort, order })).sort()).toEqual(["A", "b", "c", "d", "é"]);
			}
		}
	});

	it("is by the last use of anything: the game, a playtest or the plugin", async () => {
		const server = await build();
		const rin = await fiveKeys(server);
		const { secret } = await rin.createKey("f");
		for (const [headers, label] of [[PLUGIN, "g"] as const, [PLAYTEST, "h"] as const]) {
			server.clock.advance(60);
			const created = await rin.createKey(label);
			await server.whoami(created.secret, headers);
			await server.app.usage.flush();
		}
		expect((await listAll(rin, { sort: "used" })).slice(0, 4)).toEqual(["h", "g", "b", "c"]);
		server.clock.advance(60);
		await server.whoami(secret, PLUGIN);
		await server.app.usage.flush();
		expect((await listAll(rin, { sort: "used", order: "asc" })).slice(-3)).toEqual(["g", "h", "f"]);
	});

	it("refuses a cursor of another order", async () => {
		const server = await build();
		const rin = await fiveKeys(server);
		const { nextCursor } = await list(rin, { sort: "label", limit: 2 });
		const path = `/api/workspaces/${rin.workspaceId}/keys?limit=2&cursor=${nextCursor ?? ""}`;
		for (const other of ["", "&sort=used", "&sort=label&order=desc"]) {
			const response = await rin.request("GET", path + other);
			expect(response.statusCode).toBe(400);
			expect(response.json()).toMatchObject({ code: "invalid_request", errors: [{ path: "cursor" }] });
		}
		expect((await rin.request("GET", `${path}&sort=label`)).statusCode).toBe(200);
	});

	it("drops requests older than 24 hours from the order by requests", async () => {
		const server = await build({ tidyEveryMs: 50 });
		const rin = await server.signUp();
		const early = await rin.createKey("early");
		const late = await rin.createKey("late");
		await use(server, early.secret, 3);
		expect((await list(rin, { sort: "requests" })).keys.map((key) => key.label)).toEqual(["early", "late"]);
		server.clock.advance(25 * 3600);
		await use(server, late.secret, 1);
		await expect
			.poll(async () => (await list(rin, { sort: "requests" })).keys.map((key) => key.label))
			.toEqual(["late", "early"]);
	});
});

describe("the counts of a key list", () => {
	it("are included on request, by state and regardless of the search", async () => {
		const server = await build();
		const rin = await fiveKeys(server);
		expect(Object.keys(await list(rin)).sort()).toEqual(["keys", "nextCursor"]);
		expect((await list(rin, { include: "counts", q: "nothing" })).counts).toEqual({ active: 4, revoked: 1 });
		const eve = await server.signUp("Eve");
		expect((await list(eve, { include: "counts" })).counts).toEqual({ active: 0, revoked: 0 });
	});

	it("are included in the first page that the dashboard loads", async () => {
		const server = await build();
		const rin = await fiveKeys(server);
		const listed = await list(rin, { state: "active", include: "counts" });
		expect(await server.app.storage.scan(firstKeys, { workspaceId: rin.workspaceId })).toEqual(listed);
		expect(listed.keys).toHaveLength(4);
	});
});

describe("searching for keys", () => {
	it("takes at most 64 characters", async () => {
		const server = await build();
		const rin = await server.signUp();
		const search = (length: number) =>
			rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys?q=${"🗝".repeat(length)}`);
		expect((await search(64)).statusCode).toBe(200);
		expect((await search(65)).json()).toMatchObject({ status: 400, errors: [{ path: "q" }] });
	});

	async function found(person: Person, q: string, more: Record<string, string> = {}): Promise<string[]> {
		return (await list(person, { q, ...more })).keys.map((key: Key) => key.label).sort();
	}

	it("finds part of a label, hint or place name, case-insensitively in any alphabet", async () => {
		const server = await build();
		const rin = await server.signUp();
		for (const label of ["Straße ÉTÉ", "Ключ", "Production"]) await rin.createKey(label);
		await server.pair(rin, { place_name: "Höhle der Kristalle", place_id: "7" }, { label: "Paired" });
		expect(await found(rin, "été")).toEqual(["Straße ÉTÉ"]);
		expect(await found(rin, "КЛЮЧ")).toEqual(["Ключ"]);
		expect(await found(rin, "HÖHLE")).toEqual(["Paired"]);
		const production = (await list(rin, { q: "production" })).keys[0];
		expect(await found(rin, production?.hint ?? "")).toContain("Production");
	});

	it.each(["*", "?", "[", "]", "^", "-", "[a-z]", "\\"])("takes %s literally", async (q) => {
		const server = await build();
		const rin = await server.signUp();
		await rin.createKey("plain");
		await rin.createKey(`with ${q} in it`);
		expect(await found(rin, q)).toEqual([`with ${q} in it`]);
	});

	it("searches all of a long list, in every order and across pages", async () => {
		const server = await build();
		const rin = await server.signUp();
		fillWorkspace(server, rin.workspaceId, 9_000);
		for (const sort of ["created", "label", "used", "requests"]) {
			for (const order of ["asc", "desc"]) {
				expect((await listAll(rin, { sort, order, q: "y 77 o" })).length).toBe(1);
				expect((await listAll(rin, { sort, order, q: "000 of" })).length).toBe(9);
				expect(await listAll(rin, { sort, order, q: "no such key" })).toEqual([]);
			}
		}
	});
});

function fillWorkspace(server: TestServer, workspaceId: string, count: number): void {
	server.db
		.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO api_key (
				digest_prefix, digest, id, workspace_id, label, label_folded, hint, origin, created_at, sealed_at, last_used_at, requests_24h
			)
			SELECT i, randomblob(32), 'key_' || i, ?, 'Key ' || i || ' of many', 'key ' || i || ' of many', 'abcd', 'dashboard', i, i, i % 3, i % 5 FROM n`,
		)
		.run(count, workspaceId);
}
