import { expect, test } from "vitest";

import type { Problem } from "../../../shared/wire.ts";
import { startGame } from "./game.ts";

test("a retired key is revoked once its servers have closed and the new one was used for 30 silent minutes", async () => {
	const game = await startGame();
	const [first, second] = [await game.open(game.old, 41), await game.open(game.old, 41)];
	expect(await game.retire()).toMatchObject({ retirement: { state: "waiting", replacedBy: { id: game.next.id } } });
	expect(await game.waitsFor()).toEqual(["in_use 41", "no_newer_version 41"]);
	const published = await game.open(game.next, 42);
	expect(await game.waitsFor()).toEqual(["in_use 41"]);
	await game.pass(10, first, second, published);
	await game.close(first);
	expect(await game.retirement()).toMatchObject({ waitingFor: [{ code: "in_use", servers: 1 }] });
	await game.close(second);
	expect(await game.waitsFor()).toEqual(["silence"]);
	await game.pass(29, published);
	expect(await game.isRevoked()).toBe(false);
	await game.pass(7, published);
	expect(await game.isRevoked()).toBe(true);
	expect(await game.key()).toMatchObject({ revokedReason: "retired", retirement: { state: "done", waitingFor: [] } });
	expect(await game.send(first)).toBe(401);
	const refused = await game.server.whoami(game.old.secret);
	expect(refused.json<Problem>().detail).toMatch(/ Use the new key, or reconnect the place in Studio\.$/);
	game.server.clock.advance(10);
	expect(await game.send(published)).toBe(200);
	const whoami = await game.server.whoami(game.next.secret);
	expect(whoami.json()).toMatchObject({ rotation: { state: "done" } });
});
