import { expect, test } from "vitest";

import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

const SCRIPT = 'local home = game:GetService("ServerScriptService") local auxvyn = workspace.Kept.Value ';
const KEEP = `local kept = Instance.new("ObjectValue") kept.Name = "Kept" kept.Value = game:GetService("ServerScriptService").Auxvyn
	kept.Parent = workspace`;

/** What can happen to the Script: how, how it is taken back, and what the widget shows meanwhile. */
const CHANGES: [what: string, change: string, back: string, shown: string][] = [
	["its tag", 'auxvyn:RemoveTag("AuxvynKey")', 'auxvyn:AddTag("AuxvynKey")', "Adopt"],
	["an attribute", 'auxvyn:SetAttribute("AuxvynSchema", nil)', 'auxvyn:SetAttribute("AuxvynSchema", 1)', "Adopt"],
	[
		"its code",
		'auxvyn.Source ..= "\\nprint(1)"',
		'auxvyn.Source = auxvyn.Source:gsub("\\nprint%(1%)$", "")',
		"code that Auxvyn did not write",
	],
	["its home", 'auxvyn.Parent = game:GetService("Lighting")', "auxvyn.Parent = home", "is in Lighting"],
	["its presence", "auxvyn.Parent = nil", "auxvyn.Parent = home", "Something removed the Script"],
	["its RunContext", "auxvyn.RunContext = 2", "auxvyn.RunContext = 0", "RunContext Client"],
	["Disabled", "auxvyn.Disabled = true", "auxvyn.Disabled = false", "The Script is disabled"],
	["Archivable", "auxvyn.Archivable = false", "auxvyn.Archivable = true", "not Archivable"],
	["LinkedSource", 'auxvyn.LinkedSource = "rbxassetid://1"', 'auxvyn.LinkedSource = ""', "has a LinkedSource"],
	["its Client", "auxvyn.Client.Parent = workspace", "workspace.Client.Parent = auxvyn", "click Update to put it back"],
	["a copy of it", 'local c = auxvyn:Clone() c.Name = "Copy" c.Parent = home', "home.Copy:Destroy()", "There are 2"],
	[
		"its key",
		'auxvyn.Source = auxvyn.Source:gsub("auxvyn_", "axuvyn_")',
		'auxvyn.Source = auxvyn.Source:gsub("axuvyn_", "auxvyn_")',
		"has no key",
	],
];

const NEVER = { seconds: 1_000_000 };

/** What the widget shows a second later: too soon for any of its regular looks. */
async function shownAfter(loop: Loop, change: () => Promise<unknown>): Promise<string> {
	await change();
	await loop.advance(1);
	const { texts, buttons } = await loop.studio.widget();
	return [...texts, ...buttons.map(({ text }) => text)].join(" | ");
}

test("every change of the managed Script, undo and redo are noticed at once, and taken back at once", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	await loop.advance(6);
	// There is no regular look before the answer.
	await loop.studio.refuse("http-slow", NEVER);
	await loop.advance(10);
	expect(await shownAfter(loop, () => loop.studio.undo())).toContain("No key in this place yet");
	expect(await shownAfter(loop, () => loop.studio.redo())).toContain("Checking the key…");
	await loop.studio.run(KEEP);
	const missed: string[] = [];
	for (const [what, change, back, shown] of CHANGES) {
		if (!(await shownAfter(loop, () => loop.studio.run(SCRIPT + change))).includes(shown)) missed.push(what);
		if ((await shownAfter(loop, () => loop.studio.run(SCRIPT + back))).includes(shown)) missed.push(`${what}, back`);
	}
	expect(missed).toEqual([]);
});

const SILENT = { silent: true };

test("five seconds after an install the widget looks again, even if nothing was announced", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const first = (await loop.keyInPlace()) ?? "";
	await loop.advance(3);
	await loop.studio.run("game.ServerScriptService.Auxvyn.Parent = nil", SILENT);
	expect(await shownAfter(loop, () => loop.advance(2))).toContain("Something removed the Script");

	await loop.studio.undo();
	await loop.studio.waitFor("Connected");
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.verified("Second");
	await loop.advance(3);
	const revert = `local s = game.ServerScriptService.Auxvyn s.Source = s.Source:gsub("auxvyn_%x+", "${first}")`;
	await loop.studio.run(revert, SILENT);
	expect(await shownAfter(loop, () => loop.advance(2))).toContain("This key was revoked");
});

/** As a tool that keeps files and the place alike does: without tag and attributes. */
const PUT_BACK = (source: string) => `local home = game:GetService("ServerScriptService")
	local new = Instance.new("Script") new.Name = "Auxvyn" new.Source = [==[${source}]==]
	home.Auxvyn.Client:Clone().Parent = new
	home.Auxvyn:Destroy() new.Parent = home`;

/** How the old key comes back after a rotation that has revoked it. */
const RETURNS: [how: string, comeBack: (loop: Loop, source: string) => Promise<unknown>][] = [
	["undo", (loop) => loop.studio.undo()],
	[
		"an undo that leaves tags and attributes",
		async ({ studio }) => {
			await studio.refuse("undo-marks");
			await studio.undo();
		},
	],
	["a tool that syncs files", ({ studio }, source) => studio.run(PUT_BACK(source))],
];

test.each(RETURNS)("an old key that %s has put back is asked about at once", async (_, comeBack) => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const { source = "" } = (await loop.managedScript()) ?? {};
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.verified("Second");
	const second = await loop.keyInPlace();
	const shown = await shownAfter(loop, () => comeBack(loop, source));
	expect(shown).toContain("This key was revoked");
	expect(shown).not.toContain("Connected");
	expect((await loop.server.whoami(second)).statusCode).toBe(200);
});

test("redo, and an undo that leaves the source, are called what the server says of the key that stands there", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.verified("Second");
	await loop.studio.undo();
	await loop.studio.waitFor("This key was revoked");
	expect(await shownAfter(loop, () => loop.studio.redo())).toMatch(/Connected.*Second/);

	await loop.studio.refuse("undo-source");
	const shown = await shownAfter(loop, () => loop.studio.undo());
	expect(shown).toMatch(/Connected.*Second.*Adopt/);
});
