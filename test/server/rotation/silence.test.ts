import type { AddressInfo } from "node:net";

import { describe, expect, it } from "vitest";

import type { TestServer } from "../helper.ts";
import { anotherBackend, type Game, gameHeaders, type GameServer, startGame } from "./game.ts";

/** A game whose old key is being retired, and was used for the last time as a stretch begins. */
async function startSilence() {
	const game = await startGame();
	const after = await game.open(game.next, 42);
	game.passToStretch();
	game.server.clock.advance(10);
	const before = await game.open(game.old, 41);
	await game.close(before);
	await game.retire();
	return { game, before, after };
}

/** Minutes of silence counted so far. */
async function silentMinutes(game: Game): Promise<number> {
	await game.examine();
	return (await game.details()).rotation?.silentMinutes ?? Number.NaN;
}

/** A backend that does not say what it counted, with one more use of the old key in its memory. */
async function silentBackend(game: Game, before: GameServer) {
	const backend = await anotherBackend(game);
	expect((await backend.whoami(game.old.secret, gameHeaders(before))).statusCode).toBe(200);
	return backend;
}

/** Returns the port. */
async function listen({ app }: TestServer, port = 0): Promise<number> {
	await app.listen({ port, host: "127.0.0.1" });
	return (app.server.address() as AddressInfo).port;
}

describe("silence", () => {
	it("is six stretches of five minutes in which servers use the new key", async () => {
		const { game, after } = await startSilence();
		for (let stretch = 0; stretch <= 5; stretch += 1) {
			await game.pass(5, after);
			expect(await silentMinutes(game)).toBe(5 * stretch);
			expect(await game.waitsFor()).toEqual(["silence"]);
		}
		await game.pass(4, after);
		expect(await game.isRevoked()).toBe(false);
		await game.pass(1, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("does not grow while nothing uses the new key, since nothing may reach the backend", async () => {
		const { game, after } = await startSilence();
		await game.pass(20, after);
		expect(await silentMinutes(game)).toBe(15);
		await game.pass(100);
		game.passToStretch();
		expect(await silentMinutes(game)).toBe(20);
		await game.pass(5, after);
		expect(await game.isRevoked()).toBe(false);
		await game.pass(5, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("does not grow where only other clients use the new key", async () => {
		const { game } = await startSilence();
		for (let minute = 0; minute < 40; minute += 1) {
			await game.pass(1);
			await game.server.whoami(game.next.secret);
		}
		expect(await silentMinutes(game)).toBe(0);
	});

	it("is used up by one request with the old key", async () => {
		const { game, before, after } = await startSilence();
		await game.pass(34, after);
		expect(await silentMinutes(game)).toBe(25);
		await game.send(before);
		await game.close(before);
		expect(await silentMinutes(game)).toBe(0);
		await game.pass(30, after);
		expect(await game.isRevoked()).toBe(false);
		await game.pass(6, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("counts from before the retirement, too", async () => {
		const { game, after } = await startSilence();
		await game.keep();
		await game.pass(36, after);
		expect(await game.isRevoked()).toBe(false);
		await game.retire();
		expect(await game.isRevoked()).toBe(true);
	});

	it("counts from the last hour before the retirement only", async () => {
		const { game, after } = await startSilence();
		await game.keep();
		await game.pass(40, after);
		await game.pass(70);
		await game.retire();
		expect(await game.waitsFor()).toEqual(["silence"]);
		await game.pass(36, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("does not count a stretch in which a clock jumped", async () => {
		const { game, after } = await startSilence();
		await game.pass(31, after);
		expect(await silentMinutes(game)).toBe(25);
		game.server.clock.set(game.server.clock.now() + 3_000);
		await game.examine();
		await game.pass(5, after);
		expect(await silentMinutes(game)).toBe(25);
		await game.pass(5, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("counts one in which a clock was set by a second", async () => {
		const { game, after } = await startSilence();
		await game.pass(31, after);
		game.server.clock.set(game.server.clock.now() + 1_000);
		await game.examine();
		await game.pass(5, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("counts one in which the database took long", async () => {
		const { game, after } = await startSilence();
		await game.pass(31, after);
		const flushed = game.server.app.usage.flush();
		game.server.clock.advance(20);
		await flushed;
		await game.pass(4, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("does not count a stretch in which the backend stood still", async () => {
		const { game, after } = await startSilence();
		await game.pass(31, after);
		expect(await silentMinutes(game)).toBe(25);
		game.server.clock.advance(301);
		await game.pass(1, after);
		expect(await silentMinutes(game)).toBe(25);
		await game.pass(3, after);
		expect(await game.isRevoked()).toBe(false);
		await game.pass(6, after);
		expect(await game.isRevoked()).toBe(true);
	});
});

describe("with another backend", () => {
	it("silence waits for what that has counted, and may not have written", async () => {
		const { game, before, after } = await startSilence();
		const backend = await silentBackend(game, before);
		await game.pass(90, after);
		expect(await silentMinutes(game)).toBe(0);
		await backend.app.usage.flush();
		expect(await silentMinutes(game)).toBe(0);
		for (let stretch = 0; stretch < 6; stretch += 1) {
			expect(await game.isRevoked()).toBe(false);
			await game.pass(5, after);
			await backend.app.usage.flush();
		}
		await game.pass(5, after);
		await backend.app.usage.flush();
		expect(await game.isRevoked()).toBe(true);
	});

	it("silence counts once that has said that it counted nothing", async () => {
		const { game, after } = await startSilence();
		const backend = await anotherBackend(game);
		for (let stretch = 0; stretch < 6; stretch += 1) {
			await game.pass(5, after);
			await backend.app.usage.flush();
		}
		await game.pass(5, after);
		expect(await game.isRevoked()).toBe(false);
		await backend.app.usage.flush();
		expect(await game.isRevoked()).toBe(true);
	});

	it("silence does not count where that stood still", async () => {
		const { game, after } = await startSilence();
		await game.pass(4, after);
		const backend = await anotherBackend(game);
		await game.pass(6, after);
		expect(await silentMinutes(game)).toBe(0);
		await backend.app.usage.flush();
		await game.pass(5, after);
		await backend.app.usage.flush();
		await game.pass(5, after);
		await backend.app.usage.flush();
		expect(await silentMinutes(game)).toBe(5);
	});

	it("silence does not wait for one that was shut down", async () => {
		const { game, after } = await startSilence();
		await game.pass(10, after);
		await (await anotherBackend(game)).close();
		await game.pass(26, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("silence starts anew once a crashed one is replaced by its next start", async () => {
		const { game, before, after } = await startSilence();
		const crashed = await silentBackend(game, before);
		const port = await listen(crashed);
		crashed.app.server.close();
		await game.pass(8, after);
		const replacement = await anotherBackend(game);
		await game.pass(4, after);
		await replacement.app.usage.flush();
		expect(await silentMinutes(game)).toBe(0);
		await listen(replacement, port);
		await replacement.app.usage.flush();
		await game.pass(3, after);
		await replacement.app.usage.flush();
		expect(await silentMinutes(game)).toBe(0);
		for (let stretch = 0; stretch < 5; stretch += 1) {
			await game.pass(5, after);
			await replacement.app.usage.flush();
			expect(await game.isRevoked()).toBe(false);
		}
		await game.pass(5, after);
		await replacement.app.usage.flush();
		expect(await game.isRevoked()).toBe(true);
	});

	it("silence does not wait for a crashed one that is replaced, also if it was given up before", async () => {
		const { game, after } = await startSilence();
		const crashed = await anotherBackend(game);
		const port = await listen(crashed);
		await crashed.app.usage.flush();
		game.server.clock.advance(25 * 3600);
		await game.pass(6, after);
		await crashed.app.usage.flush();
		crashed.app.server.close();
		const replacement = await anotherBackend(game);
		await listen(replacement, port);
		for (let stretch = 0; stretch < 8; stretch += 1) {
			await replacement.app.usage.flush();
			await game.pass(5, after);
		}
		expect(await game.isRevoked()).toBe(true);
	});

	it("silence waits a day for a crashed one that does not start again, and then starts anew", async () => {
		const { game, before, after } = await startSilence();
		await silentBackend(game, before);
		await game.pass(40, after);
		game.server.clock.advance(22 * 3600);
		await game.pass(70, after);
		expect(await silentMinutes(game)).toBe(0);
		await game.pass(20, after);
		expect(await game.waitsFor()).toEqual(["silence"]);
		await game.pass(36, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("silence does not count the stretch in which one comes back that was given up, as it could not write for a day", async () => {
		const { game, after } = await startSilence();
		const backend = await anotherBackend(game);
		const isAlive = () => backend.whoami(game.next.secret);
		for (let minutes = 0; minutes < 24 * 60; minutes += 4) {
			game.server.clock.advance(240);
			await isAlive();
		}
		for (let minutes = 0; minutes < 33; minutes += 3) {
			await game.pass(3, after);
			await game.examine();
			await isAlive();
		}
		expect(await silentMinutes(game)).toBe(25);
		await backend.app.usage.flush();
		await game.pass(3, after);
		await backend.app.usage.flush();
		expect(await silentMinutes(game)).toBe(25);
		expect(await game.waitsFor()).toEqual(["silence"]);
	});

	it("silence starts anew where one that was given up comes back, with what it had counted", async () => {
		const { game, before, after } = await startSilence();
		const backend = await silentBackend(game, before);
		game.server.clock.advance(24 * 3600);
		await game.pass(30, after);
		await backend.app.usage.flush();
		expect(await silentMinutes(game)).toBe(0);
		expect(await game.isRevoked()).toBe(false);
	});
});

describe("a backend that restarts", () => {
	it("goes on counting silence, also over a short restart, but not where no backend ran for a minute", async () => {
		const { game, after } = await startSilence();
		await game.pass(20, after);
		expect(await silentMinutes(game)).toBe(15);
		await game.restart(60);
		expect(await silentMinutes(game)).toBe(15);
		await game.pass(10, after);
		expect(await silentMinutes(game)).toBe(20);
		await game.restart(0);
		await game.pass(5, after);
		expect(await silentMinutes(game)).toBe(25);
		expect(await game.isRevoked()).toBe(false);
		await game.pass(5, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("is not heard by servers of the old key if it runs only now and then, so that nothing is counted", async () => {
		const { game, after } = await startSilence();
		for (let stretch = 0; stretch < 8; stretch += 1) {
			await game.restart(4);
			await game.pass(1, after);
		}
		expect(await silentMinutes(game)).toBe(0);
	});

	it("has not forgotten the servers of the old key, and waits for them again", async () => {
		const { game, after } = await startSilence();
		await game.pass(4, after);
		const before = await game.open(game.old, 41);
		await game.restart(60);
		expect(await game.waitsFor()).toEqual(["silence"]);
		await game.pass(30, before, after);
		expect(await game.waitsFor()).toEqual(["in_use 41"]);
		await game.close(before);
		await game.pass(35, after);
		expect(await game.isRevoked()).toBe(true);
	});
});
