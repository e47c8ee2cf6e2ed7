import path from "node:path";

import { expect, test } from "vitest";

import { tempDir } from "../server/temp-dir.ts";
import { PUBLIC } from "./game.ts";
import { useLoops } from "./helper.ts";
import { openRotatingGame } from "./rotation-game.ts";
import { playRotation } from "./rotation-story.ts";

const openLoop = useLoops();

const FIRST_PLACE = 4_801_231_234;
const OTHER_PLACE = 7_100_200;
/** Less than 30, since real time passes, too. */
const SURELY_SILENT_MINUTES = 28;
const TIMEOUT_MS = 120_000;

test(
	"twelve servers end one by one, and the old key is revoked 30 silent minutes later, automatically",
	async () => {
		await playRotation(await openRotatingGame(openLoop));
	},
	TIMEOUT_MS,
);

test(
	"another place that was not published anew makes the old key ask, until it is",
	async () => {
		const game = await openRotatingGame(openLoop);
		const { studio } = game;
		const file = path.join(await tempDir(), "place.rbxl");
		const open = (placeId: number) => studio.open(file, { factOverrides: { placeId } });
		const mine = await game.publish(1);

		await studio.save(file);
		await open(OTHER_PLACE);
		const elsewhere = await game.publish(1);
		await open(FIRST_PLACE);
		await game.reconnect("retire");
		await game.publish(1);
		for (const server of [...mine, ...elsewhere]) await studio.shutdown(server);
		await game.passHidden(SURELY_SILENT_MINUTES);
		await expect.poll(() => game.line()).toMatch(/^No live servers on the old key/);
		await game.pass(30, async () => ((await game.line()) ?? "").startsWith("Decide in the dashboard"));
		const { retirement, state } = await game.old();
		expect({ state, waitingFor: retirement?.waitingFor }).toMatchObject({
			state: "active",
			waitingFor: [{ code: "no_newer_version", placeId: String(OTHER_PLACE) }],
		});

		await studio.save(file);
		await open(OTHER_PLACE);
		await game.publish(1);
		const isRevoked = async () => (await game.old()).state === "revoked";
		await game.pass(10, isRevoked);
		expect(await isRevoked()).toBe(true);
		await game.catchUp();
		await expect.poll(() => game.line()).toBe("Old key revoked: rotation done");
	},
	TIMEOUT_MS,
);

test(
	"a key that is kept is called safe to revoke, with the page on which that is done, and nothing revokes it",
	async () => {
		const game = await openRotatingGame(openLoop);
		const hint = game.oldKey.secret.slice(-4);
		const [old] = await game.publish(1);
		await game.reconnect("keep");
		await game.publish(1);
		await game.studio.shutdown(old ?? 0);
		await game.passHidden(SURELY_SILENT_MINUTES);
		await expect.poll(() => game.line()).toMatch(/^No live servers on the old key/);
		await game.pass(30, async () => ((await game.line()) ?? "").startsWith("Safe"));
		await expect.poll(() => game.line()).toBe(`Safe to revoke the old key …${hint}`);
		const { boxes } = await game.studio.widget();
		expect(boxes).toMatchObject([
			{ name: "Address", text: `${PUBLIC}/workspaces/${game.person.workspaceId}/keys/${game.oldKey.id}` },
		]);
		await game.passHidden(10);
		expect((await game.old()).state).toBe("active");
	},
	TIMEOUT_MS,
);
