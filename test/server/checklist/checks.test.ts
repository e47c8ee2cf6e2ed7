import { describe, expect, it } from "vitest";

import { GAME_SERVER, PLAYTEST, PLUGIN } from "../../game.ts";
import { build } from "../helper.ts";
import { item, makeOlder } from "./helper.ts";

const GOOD = { state: "good", count: 0, keys: [] };

describe("the checklist finds", () => {
	it("active keys unused for 30 days, except newer ones", async () => {
		const server = await build();
		const rin = await server.signUp();
		const never = await rin.createKey("Never used");
		const once = await rin.createKey("Used long ago");
		const young = await rin.createKey("Just created");
		await server.whoami(once.secret);
		await server.app.usage.flush();
		expect(await item(rin, "unused-keys")).toMatchObject(GOOD);
		for (const { id } of [never, once]) makeOlder(server, id, 31);
		makeOlder(server, young.id, 29);
		const found = await item(rin, "unused-keys");
		expect(found).toMatchObject({ state: "attention", count: 2 });
		expect(new Set(found.keys.map(({ id }) => id))).toEqual(new Set([never.id, once.id]));
		await server.whoami(once.secret);
		await server.app.usage.flush();
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${never.id}`);
		expect(await item(rin, "unused-keys")).toMatchObject(GOOD);
	});

	it("no key as unused that only a playtest or the plugin uses", async () => {
		const server = await build();
		const rin = await server.signUp();
		for (const [label, headers] of [["Played", PLAYTEST] as const, ["Checked", PLUGIN] as const]) {
			const { id, secret } = await rin.createKey(label);
			makeOlder(server, id, 31);
			expect(await item(rin, "unused-keys")).toMatchObject({ count: 1, keys: [{ label }] });
			await server.whoami(secret, headers);
			await server.app.usage.flush();
			expect(await item(rin, "unused-keys")).toMatchObject(GOOD);
		}
	});

	it("active keys older than 180 days, listing the first few and counting all", async () => {
		const server = await build();
		const rin = await server.signUp();
		for (let n = 0; n < 7; n++) makeOlder(server, (await rin.createKey(`Region ${n}`)).id, 181);
		makeOlder(server, (await rin.createKey("Younger")).id, 179);
		const found = await item(rin, "old-keys");
		expect(found).toMatchObject({ state: "attention", count: 7 });
		expect(found.keys).toHaveLength(5);
	});

	it("keys of former members, until they rejoin", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const jo = await server.signUp("Jo");
		const { db } = server;
		const join = () => db.prepare("INSERT INTO member VALUES (?, ?, 'admin', 0)").run(rin.workspaceId, jo.accountId);
		join();
		await rin.createKey("Of Rin");
		await jo.request("POST", `/api/workspaces/${rin.workspaceId}/keys`, { label: "Of Jo" });
		expect(await item(rin, "keys-of-leavers")).toMatchObject(GOOD);
		db.prepare("DELETE FROM member WHERE workspace_id = ? AND account_id = ?").run(rin.workspaceId, jo.accountId);
		const found = await item(rin, "keys-of-leavers");
		expect(found).toMatchObject({ state: "attention", count: 1, keys: [{ label: "Of Jo" }] });
		join();
		expect(await item(rin, "keys-of-leavers")).toMatchObject(GOOD);
	});

	it("replaced keys that are no longer used, once the new key is", async () => {
		const server = await build();
		const rin = await server.signUp();
		const old = await rin.createKey("Production");
		await server.whoami(old.secret, GAME_SERVER);
		const path = `/api/workspaces/${rin.workspaceId}/keys`;
		const created = await rin.request("POST", path, { label: "Production, new", replaces: old.id });
		const { key, secret } = created.json<{ key: { id: string }; secret: string }>();
		server.clock.advance(2 * 3600);
		await server.app.usage.flush();
		expect(await item(rin, "replaced-keys")).toMatchObject(GOOD);
		await server.whoami(secret, GAME_SERVER);
		await server.app.usage.flush();
		expect(await item(rin, "replaced-keys")).toMatchObject({ state: "attention", count: 1, keys: [{ id: old.id }] });
		await server.whoami(old.secret, GAME_SERVER);
		await server.app.usage.flush();
		expect(await item(rin, "replaced-keys")).toMatchObject(GOOD);
		server.clock.advance(3700);
		expect(await item(rin, "replaced-keys")).toMatchObject({ count: 1 });
		for (const headers of [PLAYTEST, PLUGIN]) {
			await server.whoami(old.secret, headers);
			await server.app.usage.flush();
			expect(await item(rin, "replaced-keys")).toMatchObject(GOOD);
			server.clock.advance(3700);
			expect(await item(rin, "replaced-keys")).toMatchObject({ count: 1 });
		}
		await rin.request("POST", `${path}/${old.id}/retire`, { replacedBy: key.id });
		expect(await item(rin, "replaced-keys"), "the server is about to revoke it").toMatchObject(GOOD);
		await rin.request("DELETE", `${path}/${old.id}/retire`);
		expect(await item(rin, "replaced-keys")).toMatchObject({ count: 1 });
		await rin.request("DELETE", `${path}/${key.id}`);
		expect(await item(rin, "replaced-keys")).toMatchObject(GOOD);
	});

	it("older keys in the same place", async () => {
		const server = await build();
		const rin = await server.signUp();
		const old = await server.pair(rin, { place_id: "1818" });
		await server.whoami(old.access_token);
		server.clock.advance(2 * 3600);
		const next = await server.pair(rin, { place_id: "1818" });
		const elsewhere = await server.pair(rin, { place_id: "1919" });
		for (const { access_token } of [next, elsewhere]) await server.whoami(access_token, GAME_SERVER);
		await server.app.usage.flush();
		const found = await item(rin, "replaced-keys");
		expect(found).toMatchObject({ count: 1, keys: [{ id: old.key.id }] });
		const path = `/api/workspaces/${rin.workspaceId}/keys/${old.key.id}/retire`;
		await rin.request("POST", path, { replacedBy: next.key.id });
		expect(await item(rin, "replaced-keys"), "the server is about to revoke it").toMatchObject(GOOD);
	});

	it("a single owner of several people", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const jo = await server.signUp("Jo");
		expect(await item(rin, "second-owner")).toMatchObject(GOOD);
		const { db } = server;
		db.prepare("INSERT INTO member VALUES (?, ?, 'member', 0)").run(rin.workspaceId, jo.accountId);
		expect(await item(rin, "second-owner")).toMatchObject({ state: "attention", count: 0 });
		db.prepare("UPDATE member SET role = 'owner' WHERE workspace_id = ?").run(rin.workspaceId);
		expect(await item(rin, "second-owner")).toMatchObject(GOOD);
	});

	it("nothing in other workspaces", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const eve = await server.signUp("Eve");
		makeOlder(server, (await rin.createKey("test")).id, 400);
		for (const id of ["unused-keys", "old-keys", "vague-labels", "keys-of-leavers"]) {
			expect(await item(eve, id)).toMatchObject(GOOD);
		}
	});
});

describe("revoked keys that are still sent", () => {
	it("are listed for a day after the last attempt", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id } = await rin.createKey("Production");
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
		expect(await item(rin, "refused-keys")).toMatchObject(GOOD);
		server.db.prepare("UPDATE api_key SET last_refused_at = ?").run(server.clock.now());
		server.clock.advance(23 * 3600);
		expect(await item(rin, "refused-keys")).toMatchObject({ state: "attention", count: 1, keys: [{ id }] });
		server.clock.advance(2 * 3600);
		expect(await item(rin, "refused-keys")).toMatchObject(GOOD);
	});
});
