import { expect, test } from "vitest";

import type { PlaceNode } from "../studio/place-node.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

const SPOIL_MARKS = `local managed = game.ServerScriptService.Auxvyn
	managed:RemoveTag("AuxvynKey")
	managed:SetAttribute("AuxvynKeyId", nil)`;
const SPOIL_CLIENT = 'game.ServerScriptService.Auxvyn.Client.Source = "return {}"';

const FIXES = [
	{ button: "Adopt", spoil: SPOIL_MARKS, step: "Auxvyn: Adopt the Script", confirm: false },
	{ button: "Update", spoil: SPOIL_CLIENT, step: "Auxvyn: Update the Script", confirm: true },
];
type Fix = (typeof FIXES)[number];

/** A connected place whose Script needs the fix; returns what is there, right and spoilt. */
async function spoil(loop: Loop, fix: Fix): Promise<{ right: PlaceNode[]; spoilt: PlaceNode[] }> {
	await loop.connect();
	const right = await loop.studio.place();
	await loop.studio.run(`${fix.spoil} game:GetService("ChangeHistoryService"):SetWaypoint("spoilt")`);
	await expect.poll(async () => (await loop.studio.widget()).buttons.map(({ name }) => name)).toContain(fix.button);
	return { right, spoilt: await loop.studio.place() };
}

async function click(loop: Loop, { button, confirm }: Fix): Promise<void> {
	await loop.studio.click(button);
	if (confirm) await loop.studio.click("Useitanyway");
}

const steps = async (loop: Loop) => (await loop.studio.history()).undo.slice(-1);

test.each(FIXES)("$button is one step that undo takes back and redo repeats", async (fix) => {
	const loop = await openLoop({ facts: "published" });
	const { right, spoilt } = await spoil(loop, fix);
	await click(loop, fix);
	await loop.studio.waitFor("Connected");
	expect(await loop.studio.place()).toEqual(right);
	expect(await steps(loop)).toEqual([fix.step]);
	await loop.studio.undo();
	expect(await loop.studio.place()).toEqual(spoilt);
	await loop.studio.redo();
	expect(await loop.studio.place()).toEqual(right);
	expect(await loop.studio.history()).toMatchObject({ recording: false });
});

test.each(FIXES)(
	"while Studio records nothing, $button changes nothing, and Retry does it in one step",
	async (fix) => {
		const loop = await openLoop({ facts: "published" });
		const { right, spoilt } = await spoil(loop, fix);
		await loop.studio.refuse("recording");
		await click(loop, fix);
		await loop.studio.waitFor("Studio is busy");
		expect(await loop.studio.place()).toEqual(spoilt);
		expect(await steps(loop)).toEqual(["spoilt"]);
		await loop.studio.allow("recording");
		await loop.studio.click("Retry");
		if (fix.confirm) await loop.studio.click("Useitanyway");
		await loop.studio.waitFor("Connected");
		expect(await loop.studio.place()).toEqual(right);
		expect(await steps(loop)).toEqual([fix.step]);
	},
);
