import { describe, expect, it } from "vitest";

import { findKeyUsage } from "../../../server/keys/usage/key-usage.store.ts";
import { sweepUsage } from "../../../server/keys/usage/usage-sweep.store.ts";
import type { Key, KeyUsage } from "../../../shared/wire.ts";
import { GAME_SERVER, PLAYTEST, PLUGIN } from "../../game.ts";
import { build, type Person, type TestServer } from "../helper.ts";

const HOUR_MS = 3_600_000;
const INTROSPECTION_SECRET = "a secret long enough to be taken";

async function onlyKey(server: TestServer, person: Person): Promise<Key | undefined> {
	await server.app.usage.flush();
	const list = await person.request("GET", `/api/workspaces/${person.workspaceId}/keys`);
	return list.json<{ keys: Key[] }>().keys[0];
}

describe("usage", () => {
	it("counts a game's requests, with the first and last of its servers", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const first = new Date(server.clock.now()).toISOString();
		await server.whoami(secret, GAME_SERVER);
		server.clock.advance(5);
		const last = new Date(server.clock.now()).toISOString();
		const response = await server.whoami(secret, GAME_SERVER);
		expect(response.json()).toMatchObject({ key: { lastServerAt: first } });
		expect(await onlyKey(server, rin)).toMatchObject({
			requests24h: 2,
			lastUsedAt: last,
			firstServerAt: first,
			lastServerAt: last,
		});
	});

	it("counts playtests and the plugin apart from the game, on whoami and forward-auth", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const unused = { lastUsedAt: null, requests24h: 0 };
		expect(await onlyKey(server, rin)).toMatchObject({ ...unused, studio: unused, plugin: unused });
		const first = new Date(server.clock.now()).toISOString();
		await server.whoami(secret, { ...PLAYTEST, ...GAME_SERVER });
		await server.app.usage.flush();
		server.clock.advance(5);
		const last = new Date(server.clock.now()).toISOString();
		await server.whoami(secret, { ...PLUGIN, ...PLAYTEST });
		const headers = { "x-api-key": secret, ...PLUGIN };
		await server.app.inject({ url: `/v1/forward-auth?workspace=${rin.workspaceId}`, headers });
		expect(await onlyKey(server, rin)).toMatchObject({
			...{ ...unused, requests1h: 0, hourly: new Array(24).fill(0), firstServerAt: null, lastServerAt: null },
			studio: { lastUsedAt: first, requests24h: 1 },
			plugin: { lastUsedAt: last, requests24h: 2 },
		});
		await server.whoami(secret, { "x-auxvyn-studio": "true" });
		expect(await onlyKey(server, rin)).toMatchObject({ lastUsedAt: last, requests24h: 1, studio: { requests24h: 1 } });
	});

	it("drops requests from Studio after 24 hours, but keeps the last one's time", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const used = new Date(server.clock.now()).toISOString();
		await server.whoami(secret, PLAYTEST);
		await server.app.usage.flush();
		server.clock.advance(23 * 3600);
		await server.whoami(secret, PLUGIN);
		expect(await onlyKey(server, rin)).toMatchObject({ studio: { requests24h: 1 } });
		server.clock.advance(2 * 3600);
		await server.app.storage.write(sweepUsage, undefined);
		expect(await onlyKey(server, rin)).toMatchObject({
			studio: { lastUsedAt: used, requests24h: 0 },
			plugin: { requests24h: 1 },
		});
	});

	it.each([
		["a server that is no UUID", { "x-auxvyn-server": "lobby" }],
		["a place in hexadecimal", { "x-auxvyn-place": "0x71a" }],
		["an empty place", { "x-auxvyn-place": "" }],
		["a negative place version", { "x-auxvyn-place-version": "-1" }],
		["a place version of 2^53", { "x-auxvyn-place-version": "9007199254740992" }],
	])("takes %s for no game server, and the request for a game's", async (_, malformed) => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		await server.whoami(secret, { ...GAME_SERVER, ...malformed });
		const { "x-auxvyn-place": _place, ...incomplete } = GAME_SERVER;
		await server.whoami(secret, incomplete);
		expect(await onlyKey(server, rin)).toMatchObject({ requests24h: 2, firstServerAt: null, lastServerAt: null });
		await server.whoami(secret, { ...GAME_SERVER, "x-auxvyn-place-version": "9007199254740991" });
		expect((await onlyKey(server, rin))?.lastServerAt).not.toBeNull();
	});

	it("takes a closing server's goodbye for no use, but authenticates it", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const goodbye = { ...GAME_SERVER, "x-auxvyn-closing": "1" };
		expect((await server.whoami(secret, goodbye)).statusCode).toBe(200);
		expect(await onlyKey(server, rin)).toMatchObject({ requests24h: 0, lastUsedAt: null, lastServerAt: null });
		await server.whoami(secret, { ...GAME_SERVER, "x-auxvyn-closing": "0" });
		expect(await onlyKey(server, rin)).toMatchObject({ requests24h: 1 });
	});

	it.each([GAME_SERVER, PLAYTEST, {}])(
		"counts what says goodbye behind a proxy: nobody uses a key unseen",
		async (from) => {
			const server = await build();
			const rin = await server.signUp();
			const { secret } = await rin.createKey();
			const headers = { "x-api-key": secret, ...from, "x-auxvyn-closing": "1" };
			const url = `/v1/forward-auth?workspace=${rin.workspaceId}`;
			expect((await server.app.inject({ url, headers })).statusCode).toBe(200);
			const { requests24h = 0, studio } = (await onlyKey(server, rin)) ?? {};
			expect(requests24h + (studio?.requests24h ?? 0)).toBe(1);
		},
	);

	it("keeps the last use after its requests are older than 24 hours", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const used = new Date(server.clock.now()).toISOString();
		await server.whoami(secret);
		await server.app.usage.flush();
		server.clock.advance(25 * 3600);
		expect(await onlyKey(server, rin)).toMatchObject({ requests24h: 0, lastUsedAt: used });
	});

	it("counts the last hour to the minute", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		server.clock.advanceTo(Math.ceil(server.clock.now() / HOUR_MS) * HOUR_MS + 30_000);
		await server.whoami(secret);
		await server.app.usage.flush();
		server.clock.advance(59 * 60);
		await server.whoami(secret);
		await server.whoami(secret);
		expect(await onlyKey(server, rin)).toMatchObject({ requests1h: 3, requests24h: 3 });
		server.clock.advance(60);
		expect(await onlyKey(server, rin)).toMatchObject({ requests1h: 2, requests24h: 3 });
		await server.whoami(secret);
		expect(await onlyKey(server, rin)).toMatchObject({ requests1h: 3 });
		server.clock.advance(59 * 60);
		expect(await onlyKey(server, rin)).toMatchObject({ requests1h: 1 });
		server.clock.advance(60);
		expect(await onlyKey(server, rin)).toMatchObject({ requests1h: 0, requests24h: 4 });
	});

	it("counts the last day by hour, ending with the current one", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		await server.whoami(secret);
		server.clock.advance(3600);
		for (let n = 0; n < 2; n++) await server.whoami(secret);
		const hourly = (await onlyKey(server, rin))?.hourly;
		expect(hourly).toHaveLength(24);
		expect(hourly?.slice(-3)).toEqual([0, 1, 2]);
	});

	it("counts refusals of a revoked key on all routes, whatever headers they carry", async () => {
		const server = await build({
			env: { INTROSPECTION_CLIENT_ID: "id", INTROSPECTION_CLIENT_SECRET: INTROSPECTION_SECRET },
		});
		const rin = await server.signUp();
		const { id, secret } = await rin.createKey();
		// The minutes below are in one hour.
		server.clock.advanceTo(Math.ceil(server.clock.now() / HOUR_MS) * HOUR_MS + 30_000);
		await server.whoami(secret);
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
		expect(await onlyKey(server, rin)).toMatchObject({ requests24h: 1, lastRefusedAt: null });

		for (const headers of [{}, PLUGIN, PLAYTEST, { "x-auxvyn-closing": "1" }]) {
			server.clock.advance(60);
			expect((await server.whoami(secret, headers)).statusCode).toBe(401);
			expect((await onlyKey(server, rin))?.lastRefusedAt).toBe(new Date(server.clock.now()).toISOString());
		}
		await server.app.inject({ url: "/v1/forward-auth", headers: { "x-api-key": secret } });
		const basic = { authorization: `Basic ${Buffer.from(`id:${INTROSPECTION_SECRET}`).toString("base64")}` };
		expect((await server.form("/oauth/introspect", { token: secret }, basic)).json()).toEqual({ active: false });
		const unused = { lastUsedAt: null, requests24h: 0 };
		expect(await onlyKey(server, rin)).toMatchObject({ requests24h: 1, requests1h: 1, studio: unused, plugin: unused });
		const usage = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys/${id}/usage`);
		expect(usage.json<KeyUsage>().refused.at(-1)).toBe(6);
	});

	it("keeps the hours of 30 days", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id, secret } = await rin.createKey();
		await server.whoami(secret);
		await server.app.usage.flush();
		const hours = server.db.prepare<[], number>("SELECT count(*) FROM key_usage").pluck();
		server.clock.advance(719 * 3600);
		await server.whoami(secret);
		await server.app.usage.flush();
		const usage = await server.app.storage.scan(findKeyUsage, { workspaceId: rin.workspaceId, keyId: id });
		expect(usage?.accepted[0]).toBe(1);
		server.clock.advance(3 * 3600);
		await server.whoami(secret);
		await server.app.usage.flush();
		await server.app.storage.write(sweepUsage, undefined);
		expect(hours.get()).toBe(2);
	});

	it("loses no requests while the database cannot be written", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const db = server.db;
		db.exec("ALTER TABLE key_usage RENAME TO hidden");
		await server.whoami(secret, GAME_SERVER);
		await server.whoami(secret, PLAYTEST);
		await server.app.usage.flush();
		await server.whoami(secret);
		await server.whoami(secret, PLAYTEST);
		await server.app.usage.flush();
		server.clock.advance(3600);
		await server.whoami(secret);
		await server.app.usage.flush();
		db.exec("ALTER TABLE hidden RENAME TO key_usage");
		expect(await onlyKey(server, rin)).toMatchObject({
			requests24h: 3,
			lastUsedAt: new Date(server.clock.now()).toISOString(),
			firstServerAt: new Date(server.clock.now() - 3_600_000).toISOString(),
			studio: { lastUsedAt: new Date(server.clock.now() - 3_600_000).toISOString(), requests24h: 2 },
		});
	});

	it("is flushed when the server closes", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		await server.whoami(secret);
		await server.whoami(secret, PLAYTEST);
		await server.close();
		const again = await build({ dataDir: server.dataDir, clock: server.clock });
		const list = await again.app.inject({
			url: `/api/workspaces/${rin.workspaceId}/keys`,
			headers: { cookie: rin.cookie },
		});
		expect(list.json<{ keys: Key[] }>().keys[0]).toMatchObject({ requests24h: 1, studio: { requests24h: 1 } });
	});
});
