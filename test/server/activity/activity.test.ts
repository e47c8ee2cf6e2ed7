import { describe, expect, it } from "vitest";

import { recordActivity } from "../../../server/activity/record.store.ts";
import { sweepActivity } from "../../../server/activity/sweep.store.ts";
import type { ActivityEntry, ActivityList, CreatedKey, Role } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";

async function activityOf(person: Person, query = "", workspaceId = person.workspaceId): Promise<ActivityList> {
	const answer = await person.request("GET", `/api/workspaces/${workspaceId}/activity${query}`);
	expect(answer.statusCode).toBe(200);
	return answer.json<ActivityList>();
}

function join(server: TestServer, person: Person, workspaceId: string, role: Role): void {
	server.db.prepare("INSERT INTO member VALUES (?, ?, ?, 0)").run(workspaceId, person.accountId, role);
}

function kinds(list: ActivityList): string[] {
	return list.entries.map((entry) => entry.kind);
}

const ID: unknown = expect.stringMatching(/^\d+$/);

describe("a workspace's activity", () => {
	it("is kept for 400 days", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		server.clock.advance(10 * 86_400);
		const jo = await server.signUp("Jo");
		server.clock.advance(390 * 86_400);
		const kim = await server.signUp("Kim");
		for (const { workspaceId } of [rin, jo]) join(server, kim, workspaceId, "member");
		while (await server.app.storage.write(sweepActivity, undefined));
		expect(kinds(await activityOf(kim, "", rin.workspaceId))).toEqual([]);
		expect(kinds(await activityOf(kim, "", jo.workspaceId))).toEqual(["workspace.created"]);
	});

	it("starts with the workspace, and records who did what to which key, when and from where", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const { id } = await rin.createKey("Production");
		await rin.request("PATCH", `/api/workspaces/${rin.workspaceId}/keys/${id}`, { label: "Staging" });
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
		const at = new Date(server.clock.now()).toISOString();
		const actor = { id: rin.accountId, name: "Rin" };
		const key = { id, label: "Staging", hint: expect.any(String) as unknown };
		const common = { id: ID, at, actor, address: "127.0.0.1", person: null };
		expect(await activityOf(rin)).toEqual({
			entries: [
				{ ...common, kind: "key.revoked", key, detail: { reason: "deleted" } },
				{ ...common, kind: "key.renamed", key, detail: { from: "Production", to: "Staging" } },
				{ ...common, kind: "key.created", key, detail: { label: "Production" } },
				{ ...common, kind: "workspace.created", key: null, address: null, detail: { to: "Rin's workspace" } },
			],
			nextCursor: null,
		});
	});

	it("records a pairing's approval, its key, and the key's first use without an actor", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const { access_token } = await server.pair(rin, { place_name: "Caverns" }, { label: "Live" });
		await server.whoami(access_token);
		const { entries } = await activityOf(rin);
		expect(entries.slice(0, 3)).toMatchObject([
			{ kind: "key.installed", actor: null, key: { label: "Live" }, detail: { place: "Caverns" } },
			{ kind: "key.issued", actor: { name: "Rin" }, detail: { label: "Live", place: "Caverns" } },
			{ kind: "pairing.approved", actor: { name: "Rin" }, detail: { label: "Live", place: "Caverns" } },
		]);
	});

	it("names the key that a new one replaces, and records its deletion as a replacement", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const keys = `/api/workspaces/${rin.workspaceId}/keys`;
		const { id, secret } = await rin.createKey("Production");
		const created = await rin.request("POST", keys, { label: "Next", replaces: id });
		expect((await activityOf(rin)).entries[0]).toMatchObject({
			kind: "key.created",
			detail: { label: "Next", replaces: `Production …${secret.slice(-4)}` },
		});
		await rin.request("DELETE", `${keys}/${id}`);
		expect((await activityOf(rin)).entries[0]).toMatchObject({ key: { id }, detail: { reason: "replaced" } });
		await rin.request("DELETE", `${keys}/${created.json<CreatedKey>().key.id}`);
		expect((await activityOf(rin)).entries[0]).toMatchObject({ detail: { reason: "deleted" } });
	});

	it("records a plain deletion if the successor was revoked or never used", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const keys = `/api/workspaces/${rin.workspaceId}/keys`;
		const first = await rin.createKey("Production");
		const created = await rin.request("POST", keys, { label: "Next", replaces: first.id });
		await rin.request("DELETE", `${keys}/${created.json<CreatedKey>().key.id}`);
		await rin.request("DELETE", `${keys}/${first.id}`);
		expect((await activityOf(rin)).entries[0]).toMatchObject({ key: { id: first.id }, detail: { reason: "deleted" } });

		const old = await server.pair(rin);
		await server.whoami(old.access_token);
		await server.pair(rin, { intent: "reconnect", key_id: old.key.id });
		const hint = old.access_token.slice(-4);
		expect((await activityOf(rin)).entries[0]).toMatchObject({
			kind: "key.issued",
			detail: { replaces: expect.stringMatching(new RegExp(`…${hint}$`)) as unknown },
		});
		await rin.request("DELETE", `${keys}/${old.key.id}`);
		expect((await activityOf(rin)).entries[0]).toMatchObject({
			key: { id: old.key.id },
			detail: { reason: "deleted" },
		});
	});

	it("records the address of a client that revokes its own key", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const { secret } = await rin.createKey();
		await server.form("/oauth/revoke", { token: secret });
		expect((await activityOf(rin)).entries[0]).toMatchObject({
			kind: "key.revoked",
			actor: null,
			address: "127.0.0.1",
			detail: { reason: "holder" },
		});
	});

	it("records that a pairing was denied, or that its key was not used in time", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const denied = await server.pair(rin);
		await rin.request("POST", `/api/pairings/${denied.userCode}/deny`, {});
		expect(kinds(await activityOf(rin)).slice(0, 2)).toEqual(["pairing.denied", "key.revoked"]);
		const late = await server.pair(rin);
		server.clock.advance(3600);
		expect((await server.whoami(late.access_token)).statusCode).toBe(401);
		expect((await activityOf(rin)).entries[0]).toMatchObject({ actor: null, detail: { reason: "unconfirmed" } });
	});

	it("is paged without repeating entries while new ones arrive", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		for (const label of ["One", "Two", "Three", "Four"]) await rin.createKey(label);
		const first = await activityOf(rin, "?limit=2");
		await rin.createKey("Five");
		const second = await activityOf(rin, `?limit=2&cursor=${first.nextCursor}`);
		const third = await activityOf(rin, `?limit=2&cursor=${second.nextCursor}`);
		const labels = [first, second, third].flatMap((page) => page.entries.map(({ detail }) => detail["label"]));
		expect(labels).toEqual(["Four", "Three", "Two", "One", undefined]);
		expect(third.nextCursor).toBeNull();
	});

	it("can be filtered by key, person, or both", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		join(server, jo, rin.workspaceId, "admin");
		const { id } = await rin.createKey("Production");
		await rin.createKey("Other");
		await jo.request("PATCH", `/api/workspaces/${rin.workspaceId}/keys/${id}`, { label: "Live" });
		await server.app.storage.write(recordActivity, {
			actor: { accountId: rin.accountId, address: null },
			workspaceId: rin.workspaceId,
			kind: "person.role_changed",
			personId: jo.accountId,
			detail: { to: "member" },
		});
		expect(kinds(await activityOf(rin, `?key=${id}`))).toEqual(["key.renamed", "key.created"]);
		expect(kinds(await activityOf(rin, `?key=${id}&person=${jo.accountId}`))).toEqual(["key.renamed"]);
		expect(kinds(await activityOf(rin, `?person=${jo.accountId}`))).toEqual(["person.role_changed", "key.renamed"]);
		const page = await activityOf(rin, `?person=${jo.accountId}&limit=1`);
		expect(kinds(await activityOf(rin, `?person=${jo.accountId}&limit=1&cursor=${page.nextCursor}`))).toEqual([
			"key.renamed",
		]);
	});

	it("shows nothing about a key in another workspace", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const { id } = await rin.createKey();
		expect((await activityOf(jo, `?key=${id}`)).entries).toEqual([]);
	});

	it("shows people's current names, or the recorded ones after their account is deleted", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		join(server, jo, rin.workspaceId, "admin");
		await jo.request("POST", `/api/workspaces/${rin.workspaceId}/keys`, { label: "Production" });
		const { db } = server;
		const newest = async (): Promise<ActivityEntry | undefined> => (await activityOf(rin)).entries[0];
		db.prepare(`UPDATE "user" SET name = 'Jo Moonlit' WHERE id = ?`).run(jo.accountId);
		expect((await newest())?.actor).toEqual({ id: jo.accountId, name: "Jo Moonlit" });
		db.prepare("DELETE FROM member WHERE workspace_id = ? AND account_id = ?").run(rin.workspaceId, jo.accountId);
		expect((await newest())?.actor).toEqual({ id: jo.accountId, name: "Jo Moonlit", left: true });
		db.prepare("DELETE FROM member WHERE account_id = ?").run(jo.accountId);
		db.prepare(`DELETE FROM "user" WHERE id = ?`).run(jo.accountId);
		expect((await newest())?.actor).toEqual({ id: jo.accountId, name: "Jo", left: true });
	});

	it("is visible to members of every role, and no one else", async () => {
		const server = await build();
		const [rin, jo, kim] = [await server.signUp("Rin"), await server.signUp("Jo"), await server.signUp("Kim")];
		join(server, jo, rin.workspaceId, "member");
		const url = `/api/workspaces/${rin.workspaceId}/activity`;
		expect((await jo.request("GET", url)).statusCode).toBe(200);
		expect((await kim.request("GET", url)).json()).toMatchObject({ status: 404, code: "not_found" });
		expect((await server.app.inject(url)).json()).toMatchObject({ status: 401, code: "no_session" });
	});

	it.each(["?cursor=x", "?limit=0", "?limit=201", "?since=1"])("is refused with %s", async (query) => {
		const server = await build();
		const rin = await server.signUp();
		const answer = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/activity${query}`);
		expect(answer.json()).toMatchObject({ status: 400, code: "invalid_request" });
	});

	it("contains no key", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const { access_token } = await server.pair(rin);
		const text = JSON.stringify(await activityOf(rin));
		for (const kind of ["key.created", "key.issued"]) expect(text).toContain(kind);
		for (const key of [secret, access_token]) expect(text).not.toContain(key);
	});
});
