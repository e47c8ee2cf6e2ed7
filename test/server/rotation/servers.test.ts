import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { serverHeaders } from "../../../server/keys/usage/game-server.ts";
import { sweepServers } from "../../../server/keys/usage/kept-servers.store.ts";
import { createServerCounts } from "../../../server/keys/usage/server-counts.ts";
import { addServerUses } from "../../../server/keys/usage/server-uses.store.ts";
import type { GameServerList } from "../../../shared/wire.ts";
import { PLAYTEST, PLUGIN } from "../../game.ts";
import { type Game, gameHeaders, PLACE, startGame } from "./game.ts";

async function serversOf({ server, rin, old }: Game, keyId = old.id): Promise<GameServerList> {
	await server.app.usage.flush();
	const answer = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys/${keyId}/servers`);
	return answer.json<GameServerList>();
}

/** Requests of servers that are made up, each with an id of its own. */
async function makeUp({ server, old }: Game, count: number, change: (index: number) => object = () => ({})) {
	const counts = createServerCounts();
	for (let index = 0; index < count; index += 1) {
		const made = { jobId: randomUUID(), place: PLACE, version: 41, ...change(index) };
		counts.record(old.id, server.clock.now() + index, serverHeaders(gameHeaders(made)));
	}
	await server.app.storage.write(addServerUses, { entries: counts.take() });
}

test("a key's servers are listed with their place, version, times and requests, seen last first", async () => {
	const game = await startGame();
	const begin = new Date(game.server.clock.now()).toISOString();
	const first = await game.open(game.old, 41);
	const second = await game.open(game.old, 42, 2002);
	await game.pass(2, first);
	const end = new Date(game.server.clock.now()).toISOString();
	expect(await serversOf(game)).toEqual({
		truncated: false,
		servers: [
			{ jobId: first.jobId, placeId: "1818", placeVersion: 41, firstSeenAt: begin, lastSeenAt: end, requests: 3 },
			{ jobId: second.jobId, placeId: "2002", placeVersion: 42, firstSeenAt: begin, lastSeenAt: begin, requests: 1 },
		],
	});
	expect((await game.details()).servers).toEqual({
		versions: [
			{ placeId: "1818", placeVersion: 41, live: 1, silent: 0, firstSeenAt: begin, lastSeenAt: end },
			{ placeId: "2002", placeVersion: 42, live: 1, silent: 0, firstSeenAt: begin, lastSeenAt: begin },
		],
		...{ truncated: false, live: 2, lastWithoutServerAt: null, withoutServer1h: 0 },
	});
});

test("headers that are too long to be well-formed are ignored, and not kept", async () => {
	const long = "0".repeat(100_000);
	const said = { "x-auxvyn-server": randomUUID(), "x-auxvyn-place": "1818", "x-auxvyn-place-version": "41" };
	for (const name of Object.keys(said)) {
		const headers = { ...said, [name]: `${long}1` };
		expect(JSON.stringify(serverHeaders(headers))).not.toContain(long);
		expect(createServerCounts().record("key_1", 0, serverHeaders(headers))).toBe(false);
	}
	const heartbeat = serverHeaders({ ...said, "x-auxvyn-heartbeat": `${long}60` });
	expect(heartbeat.heartbeat).toBeNull();
	const counts = createServerCounts();
	expect(counts.record("key_1", 1, heartbeat)).toBe(true);
	expect(counts.take()).toMatchObject([{ placeId: 1818, placeVersion: 41, withoutHeartbeatAt: 1 }]);
});

test("a server that is not heard from for three minutes is no longer live", async () => {
	const game = await startGame();
	const running = await game.open(game.old, 41);
	await game.open(game.old, 41);
	await game.pass(4, running);
	expect(await game.key()).toMatchObject({ liveServers: 1 });
	expect((await game.details()).servers.versions).toMatchObject([{ live: 1, silent: 1 }]);
	expect((await serversOf(game)).servers).toHaveLength(2);
});

test("a goodbye hides its server alone, and only until it is seen again", async () => {
	const game = await startGame();
	const [leaving, staying] = [await game.open(game.old, 41), await game.open(game.old, 41)];
	game.server.clock.advance(1);
	await game.close(leaving);
	await game.close({ ...staying, key: game.next });
	await game.close({ ...staying, jobId: randomUUID() });
	expect((await serversOf(game)).servers).toMatchObject([{ jobId: staying.jobId }]);
	expect(await game.key()).toMatchObject({ liveServers: 1, requests24h: 2 });
	game.server.clock.advance(1);
	await game.send(leaving);
	expect((await serversOf(game)).servers).toHaveLength(2);
});

test("a goodbye that is written after a later request hides nothing", async () => {
	const game = await startGame();
	const running = await game.open(game.old, 41);
	const goodbye = createServerCounts();
	goodbye.goodbye(game.old.id, game.server.clock.now(), serverHeaders(gameHeaders(running)));
	game.server.clock.advance(1);
	await game.send(running);
	expect(await game.key()).toMatchObject({ liveServers: 1 });
	await game.server.app.storage.write(addServerUses, { entries: goodbye.take() });
	expect(await game.key()).toMatchObject({ liveServers: 1 });
});

test("a server that moves to another version is listed with the latest, and its place with the greatest", async () => {
	const game = await startGame();
	const running = await game.open(game.old, 42);
	await game.send({ ...running, version: 41 });
	expect((await serversOf(game)).servers).toMatchObject([{ placeVersion: 41, requests: 2 }]);
	await game.retire();
	await game.open(game.next, 42);
	expect(await game.waitsFor()).toEqual(["in_use 41", "same_version 42"]);
});

test.each([
	["a JobId that is no UUID", { "x-auxvyn-server": "studio" }],
	["a place in hexadecimal", { "x-auxvyn-place": "0x71a" }],
	["a version beyond 2^53 - 1", { "x-auxvyn-place-version": "9007199254740992" }],
])("with %s, all three headers are ignored", async (_, headers) => {
	const game = await startGame();
	const running = { key: game.old, jobId: randomUUID(), place: PLACE, version: 41 };
	await game.send(running, headers);
	await game.send(running);
	expect((await serversOf(game)).servers).toMatchObject([{ requests: 1 }]);
	const withoutServer = { lastWithoutServerAt: expect.any(String) as string, withoutServer1h: 1 };
	expect((await game.details()).servers).toMatchObject(withoutServer);
});

test("a JobId in upper case is the same server", async () => {
	const game = await startGame();
	const running = await game.open(game.old, 41);
	await game.send({ ...running, jobId: running.jobId.toUpperCase() });
	expect((await serversOf(game)).servers).toMatchObject([{ jobId: running.jobId, requests: 2 }]);
});

test.each([
	["in another spelling", (jobId: string) => jobId.toUpperCase()],
	["in the same", (jobId: string) => jobId],
])("a place stays known although the same JobId names another one at once, %s", async (_, spell) => {
	const game = await startGame();
	const real = await game.open(game.old, 41);
	await game.send({ ...real, jobId: spell(real.jobId), place: 2002 }, { "x-auxvyn-heartbeat": "0" });
	await game.retire();
	await game.open(game.next, 42, 2002);
	expect(await game.waitsFor()).toEqual(["in_use 41", "no_newer_version 41", "no_heartbeat 41"]);
});

test("a place stays known although it could only be written later, with another one of the same JobId", () => {
	const counts = createServerCounts();
	const made = { jobId: randomUUID(), place: PLACE, version: 41 };
	counts.record("key_own", 1, serverHeaders(gameHeaders(made)));
	const unwritten = counts.take();
	counts.record("key_own", 2, serverHeaders(gameHeaders({ ...made, place: 2002 })));
	unwritten.forEach(counts.add);
	const places = counts.take().map(({ placeId, lastSeenAt }) => ({ placeId, lastSeenAt }));
	expect(places).toContainEqual({ placeId: PLACE, lastSeenAt: 1 });
	expect(places).toContainEqual({ placeId: 2002, lastSeenAt: 2 });
});

test("playtests and the plugin are no servers, and no use", async () => {
	const game = await startGame();
	for (const headers of [PLAYTEST, PLUGIN]) {
		await game.send({ key: game.old, jobId: randomUUID(), place: PLACE, version: 41 }, headers);
	}
	expect((await serversOf(game)).servers).toEqual([]);
	expect(await game.key()).toMatchObject({ lastUsedAt: null, studio: { requests24h: 1 }, plugin: { requests24h: 1 } });
});

test("2,000 servers are kept: those seen longest ago are dropped, and the list says so", async () => {
	const game = await startGame();
	await makeUp(game, 1_900);
	expect((await serversOf(game)).truncated).toBe(false);
	game.server.clock.advance(10);
	const later = game.server.clock.now();
	await makeUp(game, 1_900);
	const { servers, truncated } = await serversOf(game);
	expect(truncated).toBe(true);
	expect(servers).toHaveLength(2_000);
	expect(servers.filter(({ lastSeenAt }) => Date.parse(lastSeenAt) >= later)).toHaveLength(1_900);
	expect((await game.details()).servers).toMatchObject({ truncated: true, live: 2_000 });
});

test("servers that are made up push out none that is there", async () => {
	const game = await startGame();
	const real = await Promise.all(Array.from({ length: 12 }, () => game.open(game.old, 41)));
	await game.pass(1, ...real);
	await game.server.app.usage.flush();
	for (let round = 0; round < 3; round += 1) {
		game.server.clock.advance(20);
		await makeUp(game, 3_000);
	}
	await game.pass(1, ...real);
	const listed = new Set((await serversOf(game)).servers.map(({ jobId }) => jobId));
	expect(real.filter(({ jobId }) => !listed.has(jobId))).toEqual([]);
	await game.close(real[0] as (typeof real)[number]);
	expect((await serversOf(game)).servers.some(({ jobId }) => jobId === real[0]?.jobId)).toBe(false);
});

test("what one key sends takes only so much memory, and its places stay known", () => {
	const counts = createServerCounts();
	for (let index = 0; index < 20_000; index += 1) {
		const made = { jobId: randomUUID(), place: index < 10_000 ? 1 : index, version: 41 };
		expect(counts.record("key_stolen", index, serverHeaders(gameHeaders(made)))).toBe(true);
	}
	const uses = counts.take();
	expect(uses.length).toBeLessThan(4_300);
	expect(uses).toContainEqual(expect.objectContaining({ serversDroppedAt: 19_999, placesDroppedAt: 19_999 }));
	expect(uses).toContainEqual(expect.objectContaining({ jobId: null, placeId: 1 }));
});

test("servers and places are forgotten after 14 days", async () => {
	const game = await startGame();
	await game.open(game.old, 41);
	await game.server.app.usage.flush();
	game.server.clock.advance(14 * 24 * 3600 + 60);
	await game.open(game.next, 42);
	await game.server.app.usage.flush();
	const last = await game.server.app.storage.write(sweepServers, { after: "" });
	expect(await game.server.app.storage.write(sweepServers, { after: last ?? "" })).toBeUndefined();
	const { db } = game.server;
	for (const table of ["key_server", "key_place"]) {
		expect(db.prepare(`SELECT key_id FROM ${table}`).pluck().all()).toEqual([game.next.id]);
	}
});

test("a key's servers are seen by members of its workspace only", async () => {
	const game = await startGame();
	const eve = await game.server.signUp("Eve");
	const path = (workspaceId: string) => `/api/workspaces/${workspaceId}/keys/${game.old.id}/servers`;
	expect((await eve.request("GET", path(game.rin.workspaceId))).statusCode).toBe(404);
	expect((await eve.request("GET", path(eve.workspaceId))).statusCode).toBe(404);
	expect((await game.server.app.inject({ url: path(game.rin.workspaceId) })).statusCode).toBe(401);
});

test("what others send does not cost a key its places, even while nothing can be written", () => {
	const counts = createServerCounts();
	for (let key = 0; key < 40; key += 1) {
		for (let index = 0; index < 4_000; index += 1) {
			counts.record(`key_${key}`, 1, serverHeaders(gameHeaders({ jobId: randomUUID(), place: PLACE, version: 41 })));
		}
	}
	counts.record("key_quiet", 2, serverHeaders(gameHeaders({ jobId: randomUUID(), place: PLACE, version: 41 })));
	const own = counts.take().filter(({ keyId }) => keyId === "key_quiet");
	expect(own).toContainEqual(expect.objectContaining({ jobId: null, placeId: PLACE, placeVersion: 41 }));
	expect(own.filter(({ placesDroppedAt }) => placesDroppedAt !== null)).toEqual([]);
});
