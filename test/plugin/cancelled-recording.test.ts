import path from "node:path";

import { expect, test } from "vitest";

import { tempDir } from "../server/temp-dir.ts";
import { writePlace } from "../studio/place-file.ts";
import { useLoops } from "./helper.ts";

const openLoop = useLoops();

/** What Studio's Cancel might do: all of what it should, or nothing but end the recording, or nothing. */
const CANCELS: [what: string, how?: string][] = [
	["does what it should"],
	["reverts nothing", "error"],
	["reverts nothing and stays open", "stays"],
];

/** Another tool that edits scripts as soon as they are there. */
const MEDDLE = `game:GetService("ServerScriptService").DescendantAdded:Connect(function(script)
	if script.Name == "Auxvyn" then script.Source ..= "print(1)" end
end)`;

test.each(CANCELS)("a failed install leaves nothing, also after undo and redo, if Cancel %s", async (_, how) => {
	const immediate = [{ class: "Workspace", properties: { SignalBehavior: "Immediate" } }];
	const place = await writePlace(path.join(await tempDir(), "place.rbxl"), immediate);
	const loop = await openLoop({ facts: "published", place });
	const before = await loop.studio.place();
	if (how !== undefined) await loop.studio.refuse("cancel", { how });
	await loop.studio.run(MEDDLE);
	await loop.studio.click("Connect");
	await loop.approve();
	await loop.studio.waitFor("The change was not kept");
	expect(await loop.studio.place()).toEqual(before);
	expect((await loop.studio.history()).recording).toBe(false);
	for (let { length } = (await loop.studio.history()).undo; length > 0; length--) await loop.studio.undo();
	expect(await loop.studio.place()).toEqual(before);
	if (how !== undefined) await loop.studio.redo();
	expect(await loop.studio.place()).toEqual(before);
	await loop.studio.click("Cancel");
	await loop.studio.waitFor("No key in this place yet");
	await expect.poll(() => loop.activeKeys()).toEqual([]);
});

test.each(CANCELS)("a refused Adopt changes nothing and works on Retry, if Cancel %s", async (_, how) => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	await loop.studio.run('game.ServerScriptService.Auxvyn:RemoveTag("AuxvynKey")');
	await loop.studio.waitFor("Adopt");
	const before = await loop.studio.place();
	if (how !== undefined) await loop.studio.refuse("cancel", { how });
	await loop.studio.refuse("scripts");
	await loop.studio.click("Adopt");
	await loop.studio.waitFor("Studio needs your permission");
	expect(await loop.studio.place()).toEqual(before);
	await loop.studio.allow("scripts");
	await loop.studio.click("Retry");
	await loop.studio.waitFor("Connected");
	expect((await loop.managedScript())?.tags).toEqual(["AuxvynKey"]);
	expect((await loop.studio.history()).recording).toBe(false);
});
