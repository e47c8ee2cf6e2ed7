import { expect } from "vitest";

import type { RotatingGame } from "./rotation-game.ts";

const SILENT_MINUTES = 30;
/** Silence is counted in whole stretches of five minutes, by the clock. */
const STRETCH_MINUTES = 5;
/** A server that ends without a goodbye counts as running for three minutes. */
const CRASH_SHOWS_AFTER_MINUTES = 4;
const DAY_SECONDS = 86_400;

function minutesBetween(from: string | null, to: string | null): number {
	return (Date.parse(to ?? "") - Date.parse(from ?? "")) / 60_000;
}

/**
 * Twelve servers on the old version, two on the new one; the old ones end one by one, three of them without a goodbye. The
 * widget's home counts down, and the old key is revoked after 30 minutes in which nothing used it, while the backends
 * start again and somebody plays.
 */
export async function playRotation(game: RotatingGame): Promise<void> {
	const { studio, oldKey } = game;
	const hint = oldKey.secret.slice(-4);
	const still = (servers: number) => `${servers} ${servers === 1 ? "server" : "servers"} still on the old key …${hint}`;

	const old = await game.publish(12);
	await game.reconnect("retire");
	await game.catchUp();
	await expect.poll(() => game.line()).toBe(still(12));
	const next = await game.publish(2);
	await studio.waitForOutput(next[0] ?? 0, "key “Second”");
	await game.catchUp();
	expect((await game.old()).retirement?.waitingFor).toMatchObject([{ code: "in_use", placeVersion: 8, servers: 12 }]);

	for (const [index, server] of old.slice(0, 9).entries()) {
		await studio.shutdown(server);
		await game.catchUp();
		await expect.poll(() => game.line()).toBe(still(11 - index));
	}
	for (const server of old.slice(9)) await studio.crash(server);
	await game.catchUp();
	await expect.poll(() => game.line()).toBe(still(3));

	const isRevoked = async () => (await game.old()).state === "revoked";
	await game.pass(CRASH_SHOWS_AFTER_MINUTES);
	await expect
		.poll(() => game.line())
		.toBe(`No live servers on the old key …${hint}. Waiting until it is safe to revoke.`);
	await game.restartBackends();
	await studio.waitForOutput(next[0] ?? 0, "rotation waiting");

	// The old key is put back, played with, and replaced again.
	await studio.undo();
	expect(await game.keyInPlace()).toBe(oldKey.secret);
	await studio.play();
	await studio.waitForStudioOutput("key “Production”", 30, "server");
	await studio.stop();
	await studio.redo();
	expect(await game.keyInPlace()).not.toBe(oldKey.secret);
	await game.pass(1);
	expect((await game.old()).studio.lastUsedAt).not.toBeNull();

	for (let stretch = 0; stretch < 12 && !(await isRevoked()); stretch++) await game.passHidden(STRETCH_MINUTES);
	const revoked = await game.old();
	expect(revoked).toMatchObject({ state: "revoked", revokedReason: "retired", retirement: { state: "done" } });
	const silent = minutesBetween(revoked.lastServerAt, revoked.revokedAt);
	expect(silent).toBeGreaterThanOrEqual(SILENT_MINUTES);
	// Stretches begin by the clock, and the one in which the backends started again may not count.
	expect(silent).toBeLessThanOrEqual(SILENT_MINUTES + 3 * STRETCH_MINUTES);
	await game.catchUp();
	await expect.poll(() => game.line()).toBe("Old key revoked: rotation done");
	await game.pass(2);
	for (const server of next) await studio.waitForOutput(server, "rotation done");

	for (const server of next) await studio.shutdown(server);
	await studio.click("Auxvyn");
	game.server.clock.advance(DAY_SECONDS);
	await studio.advance(DAY_SECONDS);
	await studio.click("Auxvyn");
	await studio.waitFor("Connected");
	await expect.poll(() => game.line()).toBeUndefined();
}
