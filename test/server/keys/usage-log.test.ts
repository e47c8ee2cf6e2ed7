import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";

import { expect, it } from "vitest";

import { examineRetirements } from "../../../server/keys/retire/examine.store.ts";
import { createCountLoggedKey } from "../../../server/keys/usage/count-logged-key.ts";
import { committedTo } from "../../../server/keys/usage/processes.store.ts";
import { countFromLog, nextSlot } from "../../../server/keys/usage/usage-log.store.ts";
import type { Storage } from "../../../server/storage/storage.ts";
import type { GameServerList, Key, KeyDetails } from "../../../shared/wire.ts";
import { GAME_SERVER, PLUGIN } from "../../game.ts";
import { build, type BuildOptions } from "../helper.ts";
import { gameHeaders, PLACE, startGame } from "../rotation/game.ts";
import { countAll } from "../through-log.ts";

/** A server that logs all uses, with keys of one person. */
async function withKeys(count: number, options: BuildOptions = {}) {
	const server = await build({ maxCountedAtOnce: 0, ...options });
	const rin = await server.signUp();
	const keys: { id: string; secret: string }[] = [];
	for (let n = 0; n < count; n += 1) {
		keys.push(await rin.createKey(`Key ${n}`));
	}
	const path = `/api/workspaces/${rin.workspaceId}/keys`;
	return {
		server,
		keys,
		path,
		rin,
		list: async () => (await rin.request("GET", path)).json<{ keys: Key[] }>().keys,
		logged: () => server.db.prepare("SELECT count(*) FROM usage_log").pluck().get() as number,
	};
}

it("uses of many keys are logged at first, and each is counted once", async () => {
	const { server, keys, list, logged } = await withKeys(40);
	for (let round = 1; round <= 3; round += 1) {
		for (const [index, { secret }] of keys.entries())
			for (let use = 0; use <= index % 3; use += 1) await server.whoami(secret, GAME_SERVER);
		await server.app.usage.flush();
		server.clock.advance(61);
	}
	expect((await list()).map(({ requests24h }) => requests24h)).toEqual(keys.map(() => 0));
	expect(logged()).toBeGreaterThan(0);
	await countAll(server.app);
	expect(logged()).toBe(0);
	const counted = new Map((await list()).map((key) => [key.id, key]));
	for (const [index, { id }] of keys.entries()) {
		const requests = 3 * (1 + (index % 3));
		expect(counted.get(id)).toMatchObject({ requests24h: requests, requests1h: requests, liveServers: 1 });
		expect(Date.parse(counted.get(id)?.lastServerAt ?? "")).toBe(server.clock.now() - 61_000);
		expect(Date.parse(counted.get(id)?.firstServerAt ?? "")).toBe(server.clock.now() - 183_000);
	}
});

it("a key's page counts what is logged of it", async () => {
	const { server, keys, path, rin } = await withKeys(3);
	const [first] = keys;
	const jobId = randomUUID();
	for (const { secret } of keys) await server.whoami(secret, gameHeaders({ jobId, place: PLACE, version: 41 }));
	await server.app.usage.flush();
	const details = (await rin.request("GET", `${path}/${first?.id}`)).json<KeyDetails>();
	expect(details.key).toMatchObject({ requests24h: 1, liveServers: 1 });
	const { servers } = (await rin.request("GET", `${path}/${first?.id}/servers`)).json<GameServerList>();
	expect(servers).toMatchObject([{ jobId, requests: 1 }]);
});

it("the plugin is told of a game server whose use is logged", async () => {
	const { server, keys } = await withKeys(1);
	const secret = keys[0]?.secret;
	await server.whoami(secret, GAME_SERVER);
	const at = new Date(server.clock.now()).toISOString();
	await server.app.usage.flush();
	// What this process counted itself is in its memory.
	const other = await build({ dataDir: server.dataDir, clock: server.clock, maxCountedAtOnce: 0 });
	expect((await other.whoami(secret, PLUGIN)).json()).toMatchObject({ key: { lastServerAt: at } });
});

it("a key that is used again is not retired, although the use is only logged", async () => {
	const game = await startGame({ maxCountedAtOnce: 0 });
	const { server } = game;
	const [old, published] = [await game.open(game.old, 41), await game.open(game.next, 42)];
	await game.retire();
	await game.close(old);
	for (let minute = 0; minute < 34; minute += 1) {
		server.clock.advance(60);
		await game.send(published);
		await server.app.usage.flush();
		await countAll(server.app);
	}
	await game.send({ ...old, jobId: randomUUID() });
	await server.app.usage.flush();
	server.clock.advance(240);
	await server.app.storage.write(examineRetirements, undefined);
	expect(await game.isRevoked()).toBe(false);
});

it("silence counts only up to the first use that is logged", async () => {
	const { server, keys } = await withKeys(1);
	const flushedAt = server.clock.now();
	server.clock.advance(20);
	await server.whoami(keys[0]?.secret, GAME_SERVER);
	server.clock.advance(400);
	await server.app.usage.flush();
	const committed = () => server.app.storage.scan(committedTo, undefined);
	expect(await committed()).toBeLessThanOrEqual(flushedAt + 20_000);
	await countAll(server.app);
	expect(await committed()).toBe(server.clock.now());
});

it("uses that cannot be logged are kept, and logged once", async () => {
	const { server, keys, list } = await withKeys(5);
	for (const { secret } of keys) await server.whoami(secret, GAME_SERVER);
	server.db.exec("ALTER TABLE usage_log RENAME TO away");
	expect(await server.app.usage.flush()).toBe(false);
	server.db.exec("ALTER TABLE away RENAME TO usage_log");
	expect(await server.app.usage.flush()).toBe(true);
	await countAll(server.app);
	expect((await list()).map(({ requests24h }) => requests24h)).toEqual([1, 1, 1, 1, 1]);
});

it("the server counts what is logged by itself, also what another one left", async () => {
	const { server, keys, logged } = await withKeys(3);
	for (const { secret } of keys) await server.whoami(secret, GAME_SERVER);
	await server.app.usage.flush();
	expect(logged()).toBeGreaterThan(0);
	await server.app.close();
	const next = await build({ dataDir: server.dataDir, tidyEveryMs: 50 });
	const left = () => next.db.prepare("SELECT count(*) FROM usage_log").pluck().get();
	await expect.poll(left, { timeout: 20_000 }).toBe(0);
	expect(next.db.prepare("SELECT sum(accepted) FROM key_usage").pluck().get()).toBe(3);
});

it("a flood of one key's game servers is counted in small steps, and holds up no other key", async () => {
	const { server, keys, path, rin, logged } = await withKeys(2);
	const [flooded, other] = keys;
	for (let round = 0; round < 2; round += 1) {
		for (let n = 0; n < 700; n += 1)
			await server.whoami(flooded?.secret, gameHeaders({ jobId: randomUUID(), place: PLACE, version: 41 }));
		await server.whoami(other?.secret, gameHeaders({ jobId: randomUUID(), place: PLACE, version: 41 }));
		await server.app.usage.flush();
	}
	const known = () => server.db.prepare("SELECT count(*) FROM key_server").pluck().get() as number;
	const counted = [0];
	for (let slot = await server.app.storage.read(nextSlot, { after: -1 }); slot !== undefined;) {
		await server.app.storage.write(countFromLog, { slot });
		counted.push(known());
		slot = await server.app.storage.read(nextSlot, { after: slot });
	}
	const steps = counted.slice(1).map((count, index) => count - (counted[index] ?? 0));
	expect(Math.max(...steps)).toBeLessThanOrEqual(250);
	expect(known()).toBe(2 * 701);
	expect(logged()).toBe(0);
	const { key } = (await rin.request("GET", `${path}/${flooded?.id}`)).json<KeyDetails>();
	expect(key).toMatchObject({ requests24h: 1_400, liveServers: 1_400 });
});

it("what is left of earlier uses is counted before later ones", async () => {
	const { server, keys } = await withKeys(1);
	const oldest = () => server.db.prepare("SELECT min(since) FROM usage_log").pluck().get() as number | null;
	const seen: (number | null)[] = [];
	for (let round = 0; round < 4; round += 1) {
		for (let n = 0; n < 300; n += 1)
			await server.whoami(keys[0]?.secret, gameHeaders({ jobId: randomUUID(), place: PLACE, version: 41 }));
		await server.app.usage.flush();
		server.clock.advance(2);
		const slot = (await server.app.storage.read(nextSlot, { after: -1 })) ?? 0;
		await server.app.storage.write(countFromLog, { slot });
		await server.app.storage.write(countFromLog, { slot });
		seen.push(oldest());
	}
	expect(seen.at(-1) ?? Infinity).toBeGreaterThan(seen[0] ?? -Infinity);
});

it("asking for many keys' pages at once counts one at a time", async () => {
	const writes: number[] = [];
	let running = 0;
	const storage = {
		read: async () => writes.length < 3,
		write: async () => {
			running += 1;
			writes.push(running);
			await nextTurn();
			running -= 1;
		},
	};
	const count = createCountLoggedKey({
		storage: storage as unknown as Pick<Storage, "read" | "write">,
		onError: (error) => {
			throw error;
		},
	});
	await Promise.all(Array.from({ length: 50 }, (_, n) => count(`key_${n % 5}`)));
	expect(writes).toEqual([1, 1, 1]);
});

it("a row that cannot be counted is reported, and holds up no other key", async () => {
	const { server, keys, logged } = await withKeys(2, { tidyEveryMs: 20 });
	server.db.exec("INSERT INTO usage_log (slot, since, part, size, uses) VALUES (-1, 1, 'broken', 1, 'no JSON')");
	for (const { secret } of keys) await server.whoami(secret, GAME_SERVER);
	await server.app.usage.flush();
	const reports = () => server.logs.filter((line) => line.includes("logged usage could not be counted")).length;
	await expect.poll(reports, { timeout: 20_000 }).toBe(1);
	await expect.poll(logged, { timeout: 20_000 }).toBe(1);
	expect(reports()).toBe(1);
});
