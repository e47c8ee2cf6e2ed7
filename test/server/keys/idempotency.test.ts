import { describe, expect, it } from "vitest";

import type { Key } from "../../../shared/wire.ts";
import { build, type Person } from "../helper.ts";

const REQUEST = "7b6cbb6c-4b0e-4f7e-9b53-7a4c5a1c0f0e";
const DAY_SECONDS = 86_400;

const create = (person: Person, idempotencyKey: string | string[], body: object = { label: "Lobby" }, of = person) =>
	person.request("POST", `/api/workspaces/${of.workspaceId}/keys`, body, {
		"idempotency-key": idempotencyKey as string,
	});

async function keysOf(person: Person): Promise<Key[]> {
	return (await person.request("GET", `/api/workspaces/${person.workspaceId}/keys`)).json<{ keys: Key[] }>().keys;
}

describe("creating a key with an Idempotency-Key", () => {
	it("creates one key for any number of requests, and returns its secret once", async () => {
		const server = await build();
		const rin = await server.signUp();
		const first = await create(rin, REQUEST);
		expect(first.statusCode).toBe(201);
		const { key, secret } = first.json<{ key: Key; secret: string }>();
		const again = await create(rin, REQUEST);
		expect(again.statusCode).toBe(409);
		expect(again.headers["content-type"]).toContain("application/problem+json");
		expect(again.json()).toEqual({
			type: "urn:auxvyn:problem:already_created",
			title: "Conflict",
			status: 409,
			code: "already_created",
			detail: expect.stringContaining("delete the key") as string,
			key,
		});
		expect(again.body).not.toContain(secret);
		expect(await keysOf(rin)).toEqual([key]);
		expect((await create(rin, `${REQUEST}2`)).statusCode).toBe(201);
	});

	it("creates one key if two requests arrive together", async () => {
		const server = await build();
		const rin = await server.signUp();
		const answers = await Promise.all([create(rin, REQUEST), create(rin, REQUEST), create(rin, REQUEST)]);
		expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409]);
		expect(await keysOf(rin)).toHaveLength(1);
	});

	it("returns the key as it is now", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id } = (await create(rin, REQUEST)).json<{ key: Key }>().key;
		const path = `/api/workspaces/${rin.workspaceId}/keys/${id}`;
		await rin.request("PATCH", path, { label: "Renamed" });
		await rin.request("DELETE", path);
		expect((await create(rin, REQUEST)).json()).toMatchObject({
			code: "already_created",
			key: { id, label: "Renamed", state: "revoked" },
		});
	});

	it("refuses another body, but not the same fields in another order", async () => {
		const server = await build();
		const rin = await server.signUp();
		const old = await rin.createKey();
		expect((await create(rin, REQUEST, { label: "Lobby", replaces: old.id })).statusCode).toBe(201);
		for (const body of [{ label: "Lobby 2", replaces: old.id }, { label: "Lobby" }]) {
			const other = await create(rin, REQUEST, body);
			expect([other.statusCode, other.json<{ code: string }>().code]).toEqual([422, "idempotency_key_reused"]);
			expect(other.json()).not.toHaveProperty("key");
		}
		expect((await create(rin, REQUEST, { replaces: old.id, label: "Lobby" })).statusCode).toBe(409);
		expect(await keysOf(rin)).toHaveLength(2);
	});

	it("is a matter of one account and one workspace, and of those who may create keys", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp(), await server.signUp("Jo")];
		await create(rin, REQUEST);
		expect((await create(jo, REQUEST)).statusCode).toBe(201);
		expect((await create(jo, REQUEST, { label: "Lobby" }, rin)).statusCode).toBe(404);
		const join = server.db.prepare(
			"INSERT INTO member (workspace_id, account_id, role, joined_at) VALUES (?, ?, ?, 1)",
		);
		join.run(rin.workspaceId, jo.accountId, "admin");
		expect((await create(jo, REQUEST, { label: "Lobby" }, rin)).statusCode).toBe(201);
		server.db.prepare("UPDATE member SET role = 'member' WHERE account_id = ?").run(rin.accountId);
		expect((await create(rin, REQUEST)).statusCode).toBe(403);
	});

	it("can follow a request that was refused", async () => {
		const server = await build();
		const rin = await server.signUp();
		expect((await create(rin, REQUEST, { label: "Lobby", replaces: "key_0" })).statusCode).toBe(400);
		expect((await create(rin, REQUEST)).statusCode).toBe(201);
	});

	it("is remembered for 24 hours as a hash, and then swept", async () => {
		const server = await build({ tidyEveryMs: 5 });
		const rin = await server.signUp();
		await create(rin, REQUEST);
		expect((await server.dataBytes()).includes(REQUEST)).toBe(false);
		server.clock.advance(DAY_SECONDS - 1);
		expect((await create(rin, REQUEST)).statusCode).toBe(409);
		server.clock.advance(2);
		const remembered = server.db.prepare("SELECT count(*) FROM creation_request").pluck();
		await expect.poll(() => remembered.get()).toBe(0);
		expect((await create(rin, REQUEST)).statusCode).toBe(201);
	});

	it("creates another key after 24 hours, swept or not", async () => {
		const server = await build();
		const rin = await server.signUp();
		await create(rin, REQUEST);
		server.clock.advance(DAY_SECONDS + 1);
		expect((await create(rin, REQUEST)).statusCode).toBe(201);
		expect((await create(rin, REQUEST)).statusCode).toBe(409);
		expect(await keysOf(rin)).toHaveLength(2);
	});

	it.each(["", "two words", "ключ", "a".repeat(256), "tab\there"])("refuses the header %j", async (value) => {
		const server = await build();
		const rin = await server.signUp();
		const answer = await create(rin, Buffer.from(value).toString("latin1"));
		expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: "Idempotency-Key" }] });
		expect(await keysOf(rin)).toEqual([]);
	});

	it("takes 255 characters, and refuses two headers", async () => {
		const server = await build();
		const rin = await server.signUp();
		expect((await create(rin, "~".repeat(255))).statusCode).toBe(201);
		expect((await create(rin, ["one", "two"])).statusCode).toBe(400);
	});
});
