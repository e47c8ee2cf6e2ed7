import { describe, expect, it } from "vitest";

import type { CreatedKey, Key, KeyDetails, KeyUsage } from "../../../shared/wire.ts";
import { build, type Person } from "../helper.ts";

const PLACE = { place_id: "1818", place_name: "Crystal Caverns" };
const HOUR_MS = 3_600_000;

const keysOf = (person: Person) => `/api/workspaces/${person.workspaceId}/keys`;

async function details(person: Person, keyId: string): Promise<KeyDetails> {
	return (await person.request("GET", `${keysOf(person)}/${keyId}`)).json<KeyDetails>();
}

async function usage(person: Person, keyId: string): Promise<KeyUsage> {
	return (await person.request("GET", `${keysOf(person)}/${keyId}/usage`)).json<KeyUsage>();
}

async function replace(person: Person, keyId: string, label = "Next"): Promise<Key> {
	const response = await person.request("POST", keysOf(person), { label, replaces: keyId });
	expect(response.statusCode).toBe(201);
	return response.json<CreatedKey>().key;
}

describe("a key's details", () => {
	it("are the same as in the list, active or revoked", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id } = await rin.createKey();
		const [listed] = (await rin.request("GET", keysOf(rin))).json<{ keys: Key[] }>().keys;
		const unused = { versions: [], truncated: false, live: 0, lastWithoutServerAt: null, withoutServer1h: 0 };
		const alone = { replaces: null, replacement: null, servers: unused, rotation: null };
		expect(await details(rin, id)).toEqual({ key: listed, ...alone });
		await rin.request("DELETE", `${keysOf(rin)}/${id}`);
		expect(await details(rin, id)).toMatchObject({ key: { state: "revoked", revokedReason: "deleted" } });
	});

	it("include the key's replacement and the key it replaces", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id } = await rin.createKey("Production");
		const first = await replace(rin, id, "First");
		server.clock.advance(1);
		const second = await replace(rin, id, "Second");
		expect((await details(rin, id)).replacement).toMatchObject({ id: second.id });
		expect(await details(rin, second.id)).toMatchObject({ replaces: { id, label: "Production" }, replacement: null });
		await rin.request("DELETE", `${keysOf(rin)}/${second.id}`);
		expect((await details(rin, id)).replacement).toMatchObject({ id: first.id, state: "active" });
		await rin.request("DELETE", `${keysOf(rin)}/${first.id}`);
		expect((await details(rin, id)).replacement).toMatchObject({ id: second.id, state: "revoked" });
		await rin.request("DELETE", `${keysOf(rin)}/${id}`);
		expect((await details(rin, second.id)).replaces).toMatchObject({ id, state: "revoked" });
	});

	it("include the key issued on reconnect, unless it expires unused", async () => {
		const server = await build();
		const rin = await server.signUp();
		const old = await server.pair(rin, PLACE);
		await server.whoami(old.access_token);
		const reconnect = { ...PLACE, intent: "reconnect", key_id: old.key.id };
		const lost = await server.pair(rin, reconnect);
		expect((await details(rin, old.key.id)).replacement).toMatchObject({ id: lost.key.id, confirmedAt: null });
		server.clock.advance(3600);
		await server.whoami(lost.access_token);
		expect((await details(rin, old.key.id)).replacement).toBeNull();

		const next = await server.pair(rin, reconnect);
		await server.whoami(next.access_token);
		const { replacement } = await details(rin, old.key.id);
		expect(replacement).toMatchObject({ id: next.key.id, confirmedAt: new Date(server.clock.now()).toISOString() });
	});

	it("treat a later key in the same place as the replacement", async () => {
		const server = await build();
		const rin = await server.signUp();
		const old = await server.pair(rin, PLACE);
		await server.whoami(old.access_token);
		server.clock.advance(60);
		const next = await server.pair(rin, PLACE);
		expect((await details(rin, old.key.id)).replacement).toBeNull();
		await server.whoami(next.access_token);
		expect((await details(rin, old.key.id)).replacement).toMatchObject({ id: next.key.id });
		expect((await details(rin, next.key.id)).replaces).toMatchObject({ id: old.key.id });
	});

	it("are visible to all members: 401 without a session, 404 for non-members and in another workspace", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const eve = await server.signUp("Eve");
		const { id } = await rin.createKey();
		for (const path of [`${keysOf(rin)}/${id}`, `${keysOf(rin)}/${id}/usage`]) {
			expect((await rin.request("GET", path, undefined, { cookie: "" })).statusCode).toBe(401);
			expect((await eve.request("GET", path)).statusCode).toBe(404);
		}
		expect((await eve.request("GET", `${keysOf(eve)}/${id}`)).statusCode).toBe(404);
		expect((await eve.request("GET", `${keysOf(eve)}/${id}/usage`)).statusCode).toBe(404);
		server.db.prepare("INSERT INTO member VALUES (?, ?, 'member', 0)").run(rin.workspaceId, eve.accountId);
		expect((await eve.request("GET", `${keysOf(rin)}/${id}`)).statusCode).toBe(200);
		expect((await eve.request("GET", `${keysOf(rin)}/${id}/usage`)).statusCode).toBe(200);
	});
});

describe("creating a replacement key", () => {
	it.each(["key_00000000000000000000", ""])("is refused if the workspace has no key %j", async (replaces) => {
		const server = await build();
		const rin = await server.signUp();
		const response = await rin.request("POST", keysOf(rin), { label: "Next", replaces });
		expect(response.statusCode).toBe(400);
		expect(response.json()).toMatchObject({ code: "invalid_request", errors: [{ path: "replaces" }] });
		expect((await rin.request("GET", keysOf(rin))).json()).toMatchObject({ keys: [] });
	});

	it("does not reveal keys of other workspaces", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const eve = await server.signUp("Eve");
		const { id } = await rin.createKey();
		const foreign = await eve.request("POST", keysOf(eve), { label: "Next", replaces: id });
		const unknown = await eve.request("POST", keysOf(eve), { label: "Next", replaces: "key_00000000000000000000" });
		expect(foreign.statusCode).toBe(400);
		expect(foreign.json()).toEqual(unknown.json());
	});
});

describe("a key's usage", () => {
	it("is counted in whole UTC hours over 30 days, ending with the current hour", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id, secret } = await rin.createKey();
		server.clock.advanceTo(Math.ceil(server.clock.now() / HOUR_MS) * HOUR_MS + 5 * 60_000);
		await server.whoami(secret);
		await server.whoami(secret);
		server.clock.advance(3 * 3600);
		await server.whoami(secret);
		await server.app.usage.flush();
		const { from, accepted, refused } = await usage(rin, id);
		expect(accepted).toHaveLength(720);
		expect(refused).toEqual(new Array<number>(720).fill(0));
		expect(Date.parse(from) % HOUR_MS).toBe(0);
		expect(Date.parse(from) + 719 * HOUR_MS).toBe(Math.floor(server.clock.now() / HOUR_MS) * HOUR_MS);
		expect(accepted.slice(-5)).toEqual([0, 2, 0, 0, 1]);
	});

	it("excludes hours older than 30 days", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id } = await rin.createKey();
		const hour = Math.floor(server.clock.now() / HOUR_MS);
		const insert = server.db.prepare("INSERT INTO key_usage (key_id, hour, accepted, refused) VALUES (?, ?, 7, 3)");
		for (const hoursAgo of [720, 719]) insert.run(id, hour - hoursAgo);
		const { accepted, refused } = await usage(rin, id);
		expect(accepted).toEqual([7, ...new Array<number>(719).fill(0)]);
		expect(refused).toEqual([3, ...new Array<number>(719).fill(0)]);
	});
});
