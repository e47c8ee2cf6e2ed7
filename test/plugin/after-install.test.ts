import { expect, test } from "vitest";

import { useLoops } from "./helper.ts";

const openLoop = useLoops();

test("after an install the whole place is checked, and a removal by a sync tool is explained", async () => {
	const { connect, studio } = await openLoop();
	await connect();
	await studio.waitFor("No exposed keys in this place as it is open now");
	await studio.run("game.ServerScriptService.Auxvyn.Parent = nil");
	const { texts } = await studio.waitFor("Something removed the Script");
	expect(texts.join(" ")).toContain('If it was Rojo, add "$ignoreUnknownInstances": true to ServerScriptService');
});

test("after an install an exposed copy in the place is told", async () => {
	const { connect, keyInPlace, studio } = await openLoop();
	await connect();
	const key = (await keyInPlace()) ?? "";
	await studio.run(`Instance.new("StringValue", game.ReplicatedStorage).Value = "${key}"`);
	await studio.click("Check place");
	await studio.waitFor("1 exposed key");
	await studio.click("Remove copy");
	await studio.waitFor("No exposed keys in this place as it is open now");
	expect(await keyInPlace()).toBe(key);
});
