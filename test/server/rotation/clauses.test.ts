import { describe, expect, it, test } from "vitest";

import { clientOf, createBackend, introspect } from "../backends/helper.ts";
import { type Game, gameHeaders, type GameServer, PLACE, startGame } from "./game.ts";

/** From the beginning of a stretch in which the old key was used until six more have passed. */
const HALF_HOUR = 35;

/** A game whose old key was used on version 41 and is being retired, with a server of the new key on version 42. */
async function startRetirement() {
	const game = await startGame();
	game.passToStretch();
	game.server.clock.advance(10);
	const before = await game.open(game.old, 41);
	const after = await game.open(game.next, 42);
	await game.retire();
	return { game, before, after };
}

/** Until two minutes before the retirement is fourteen days old. It begins again, since it asks after seven days. */
async function passFortnight(game: Game, after: GameServer): Promise<void> {
	await game.passDays(13);
	game.server.clock.advance((24 * 60 - HALF_HOUR - 30) * 60);
	await game.pass(28, after);
	await game.examine();
	expect(await game.retirement()).toMatchObject({ state: "asking" });
	await game.retire();
	expect(await game.retirement()).toMatchObject({ state: "waiting" });
}

describe("a server that uses the old key", () => {
	it("keeps it, however long, until three minutes after it was last heard from", async () => {
		const { game, before, after } = await startRetirement();
		await game.pass(40, before, after);
		expect(await game.waitsFor()).toEqual(["in_use 41"]);
		await game.pass(2, after);
		expect(await game.waitsFor()).toEqual(["in_use 41"]);
		await game.pass(2, after);
		expect(await game.waitsFor()).toEqual(["silence"]);
		await game.pass(HALF_HOUR, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("counts again if it is seen after its goodbye, which hides no other one", async () => {
		const { game, before, after } = await startRetirement();
		const other = await game.open(game.old, 41);
		expect(await game.waitsFor()).toEqual(["in_use 41"]);
		await game.close(other);
		expect(await game.retirement()).toMatchObject({ waitingFor: [{ code: "in_use", servers: 1 }] });
		await game.close(before);
		expect(await game.waitsFor()).toEqual(["silence"]);
		await game.pass(HALF_HOUR - 6, after);
		await game.close(before);
		game.server.clock.advance(1);
		await game.send(before);
		expect(await game.waitsFor()).toEqual(["in_use 41"]);
		await game.close(before);
		await game.pass(HALF_HOUR - 6, after);
		expect(await game.isRevoked()).toBe(false);
		await game.pass(6, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("is no use when it says goodbye", async () => {
		const { game, before, after } = await startRetirement();
		await game.pass(HALF_HOUR - 1, after);
		await game.close(before);
		await game.pass(1, after);
		expect(await game.isRevoked()).toBe(true);
	});
});

describe("a place", () => {
	it("without a newer version asks until it has one", async () => {
		const { game, before, after } = await startRetirement();
		const lobby = await game.open(game.old, 7, 2);
		await game.close(before);
		await game.close(lobby);
		await game.open(game.next, 6, 2);
		await game.pass(HALF_HOUR, after);
		expect(await game.waitsFor()).toEqual(["no_newer_version 7"]);
		expect(await game.retirement()).toMatchObject({ state: "asking", waitingFor: [{ placeId: "2" }] });
		const published = await game.open(game.next, 8, 2);
		await game.pass(5, after, published);
		expect(await game.isRevoked()).toBe(true);
	});

	it("that was rolled back to the old key needs a version that is greater than all of the old key", async () => {
		const { game, before, after } = await startRetirement();
		await game.close(before);
		await game.close(await game.open(game.old, 43));
		await game.examine();
		await game.close(await game.open(game.old, 40));
		await game.pass(HALF_HOUR, after);
		expect(await game.waitsFor()).toEqual(["no_newer_version 43"]);
		const published = await game.open(game.next, 44);
		await game.pass(5, published);
		expect(await game.isRevoked()).toBe(true);
	});

	it("whose version both keys are on was not published anew: it waits", async () => {
		const game = await startGame();
		await game.close(await game.open(game.old, 41));
		const after = await game.open(game.next, 41);
		await game.retire();
		await game.pass(HALF_HOUR, after);
		expect(await game.waitsFor()).toEqual(["same_version 41"]);
		expect(await game.retirement()).toMatchObject({ state: "waiting", waitingFor: [{ placeId: String(PLACE) }] });
		const published = await game.open(game.next, 42);
		await game.pass(5, published);
		expect(await game.isRevoked()).toBe(true);
	});

	it("is forgotten fourteen days after the old key was last used in it", async () => {
		const { game, before, after } = await startRetirement();
		const lobby = await game.open(game.old, 7, 2);
		await game.close(before);
		await game.close(lobby);
		await game.pass(HALF_HOUR, after);
		await passFortnight(game, after);
		expect(await game.waitsFor()).toContain("no_newer_version 7");
		await game.pass(10, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("is one of 200 at most: with more of them, it asks", async () => {
		const { game, before, after } = await startRetirement();
		await game.close(before);
		for (let place = 1; place < 200; place += 1) {
			await game.close(await game.open(game.old, 1, place));
			await game.open(game.next, 2, place);
		}
		await game.pass(HALF_HOUR - 5, after);
		expect(await game.waitsFor()).not.toContain("too_many_places");
		await game.close(await game.open(game.old, 1, 200));
		await game.open(game.next, 2, 200);
		await game.pass(HALF_HOUR, after);
		expect(await game.waitsFor()).toEqual(["too_many_places"]);
		expect(await game.retirement()).toMatchObject({ state: "asking" });
		expect(await game.isRevoked()).toBe(false);
	});

	it("is one of 200 at least", async () => {
		const { game, before, after } = await startRetirement();
		await game.close(before);
		for (let place = 1; place < 200; place += 1) {
			await game.close(await game.open(game.old, 1, place));
			await game.open(game.next, 2, place);
		}
		await game.pass(HALF_HOUR, after);
		expect(await game.isRevoked()).toBe(true);
	});
});

describe("a use that names no game server", () => {
	const { "x-auxvyn-place-version": _version, ...incomplete } = gameHeaders({
		jobId: "3f0e1d9c-28f4-4c3b-9d55-0c4a6a0f8f11",
		place: PLACE,
		version: 41,
	});
	test.each<[string, (game: Game) => Promise<unknown>]>([
		["without headers", ({ server, old }) => server.whoami(old.secret)],
		["with two of three headers", ({ server, old }) => server.whoami(old.secret, incomplete)],
		[
			"behind a proxy",
			({ server, old, rin }) =>
				server.app.inject({
					url: `/v1/forward-auth?workspace=${rin.workspaceId}`,
					headers: { authorization: `Bearer ${old.secret}` },
				}),
		],
		[
			"to a backend that introspects it",
			async ({ server, old, rin }) => introspect(server, clientOf(await createBackend(rin)), old.secret),
		],
	])("%s keeps the key for fourteen days", async (_name, use) => {
		const { game, before, after } = await startRetirement();
		await game.close(before);
		await use(game);
		await game.pass(HALF_HOUR, after);
		expect(await game.waitsFor()).toEqual(["no_server_headers"]);
		expect(await game.retirement()).toMatchObject({ state: "waiting", waitingFor: [{ placeId: null, servers: 0 }] });
		await passFortnight(game, after);
		expect(await game.waitsFor()).toContain("no_server_headers");
		await game.pass(10, after);
		expect(await game.isRevoked()).toBe(true);
	});
});

describe("a server that promises no heartbeat", () => {
	test.each(["", "0", "151", "60.5", "-1", "soon"])("but %j keeps the key for fourteen days", async (heartbeat) => {
		const { game, before, after } = await startRetirement();
		await game.send(before, { "x-auxvyn-heartbeat": heartbeat });
		await game.close(before);
		await game.pass(HALF_HOUR, after);
		expect(await game.waitsFor()).toMatchObject([expect.stringMatching(/^no_heartbeat/)]);
		expect(await game.retirement()).toMatchObject({
			state: "waiting",
			waitingFor: [{ placeId: String(PLACE), servers: 0 }],
		});
		await passFortnight(game, after);
		expect(await game.waitsFor()).toMatchObject(expect.arrayContaining([expect.stringMatching(/^no_heartbeat/)]));
		await game.pass(10, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("keeps the key for fourteen days and no longer, also where others promise one", async () => {
		const { game, before, after } = await startRetirement();
		await game.send(before, { "x-auxvyn-heartbeat": "0" });
		await game.close(before);
		await game.pass(HALF_HOUR, after);
		const other = await game.open(game.old, 41);
		await game.pass(5, other, after);
		await game.close(other);
		expect(await game.waitsFor()).toEqual(["no_heartbeat 41", "silence"]);
		await game.passDays(14);
		await game.close(await game.open(game.old, 41));
		await game.pass(HALF_HOUR + 5, after);
		expect(await game.waitsFor()).toEqual([]);
		expect(await game.retirement()).toMatchObject({ state: "asking" });
		await game.retire();
		expect(await game.isRevoked()).toBe(true);
	});

	test.each(["1", "150"])("but %j is not such a one", async (heartbeat) => {
		const { game, before, after } = await startRetirement();
		await game.send(before, { "x-auxvyn-heartbeat": heartbeat });
		await game.close(before);
		await game.pass(HALF_HOUR, after);
		expect(await game.isRevoked()).toBe(true);
	});
});

describe("playtests and the plugin", () => {
	test.each([{ "x-auxvyn-studio": "1" }, { "x-auxvyn-protocol": "1" }])(
		"that send %j with the old key do not keep it",
		async (headers) => {
			const { game, before, after } = await startRetirement();
			await game.close(before);
			await game.pass(HALF_HOUR - 1, after);
			await game.send(before, headers);
			await game.server.whoami(game.old.secret, headers);
			await game.pass(1, after);
			expect(await game.isRevoked()).toBe(true);
		},
	);

	it("do not use the new key either, as a game would", async () => {
		const { game, before, after } = await startRetirement();
		await game.close(before);
		for (let minute = 0; minute < 2 * HALF_HOUR; minute += 1) {
			await game.pass(1);
			await game.send(after, { "x-auxvyn-studio": "1" });
		}
		expect(await game.waitsFor()).toEqual(["silence"]);
		await game.pass(HALF_HOUR, after);
		expect(await game.isRevoked()).toBe(true);
	});
});

describe("seven days after it began", () => {
	it("a retirement asks, and revokes nothing any more until it is begun anew", async () => {
		const { game, before, after } = await startRetirement();
		await game.close(before);
		await game.passDays(6);
		game.server.clock.advance(23 * 3600);
		await game.pass(20, after);
		expect(await game.waitsFor()).toEqual(["silence"]);
		expect(await game.retirement()).toMatchObject({ state: "waiting" });
		game.server.clock.advance(40 * 60);
		await game.pass(HALF_HOUR, after);
		expect(await game.waitsFor()).toEqual([]);
		expect(await game.retirement()).toMatchObject({ state: "asking" });
		await game.retire();
		expect(await game.isRevoked()).toBe(true);
	});

	it("a key that was silent enough just before is already revoked", async () => {
		const { game, before, after } = await startRetirement();
		await game.close(before);
		await game.passDays(6);
		game.server.clock.advance(23 * 3600);
		await game.pass(HALF_HOUR + 5, after);
		expect(await game.isRevoked()).toBe(true);
	});
});
