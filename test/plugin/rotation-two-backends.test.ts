import { test } from "vitest";

import { createTestDatabase } from "../postgres/test-database.ts";
import { useLoops } from "./helper.ts";
import { openRotatingGame } from "./rotation-game.ts";
import { playRotation } from "./rotation-story.ts";

const openLoop = useLoops();

test("with two backends on one PostgreSQL database, which take turns, the rotation goes the same way", async () => {
	const game = await openRotatingGame(openLoop, await createTestDatabase());
	await game.addBackend();
	await playRotation(game);
}, 120_000);
