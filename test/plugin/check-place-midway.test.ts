import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { type PlaceDescription, writePlace } from "../studio/place-file.ts";
import { openStudio, type Studio } from "../studio/studio.ts";

const KEY = generateKey();
const CLEAN = "No exposed keys in this place as it is open now";
/** So many that a slow Studio takes more than a hundred frames for them. */
const FOLDERS = Array.from({ length: 4000 }, (): PlaceDescription => ({ class: "Folder", name: "F" }));
/** What is looked at first, and what comes last. */
const EARLY: PlaceDescription[] = [
	{ class: "StringValue", name: "Value" },
	{ class: "StringValue", name: "Named" },
	{ class: "LocalScript", name: "Loader", source: "print(1)" },
	...["Box", "Tagged", "Home"].map((name): PlaceDescription => ({ class: "Folder", name })),
];
const LATE: PlaceDescription[] = [{ class: "StringValue", name: "Late" }];
const NAMES = `local KEY, box, late = "${KEY}", workspace.Box, workspace.Late
	local editor = game:GetService("ScriptEditorService")
	local history = game:GetService("ChangeHistoryService")`;

let folder: string;
let place: string;
let studio: Studio;
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), "auxvyn-midway-"));
	place = await writePlace(path.join(folder, "place.rbxl"), [
		{ class: "Workspace", children: [...EARLY, ...FOLDERS, ...LATE] },
	]);
	studio = await openStudio({ server: "http://127.0.0.1:1024" });
});
afterAll(async () => {
	await studio.close();
	await rm(folder, { recursive: true, force: true });
});

/** Begins to check the place as `before` leaves it, and runs `change` when the first Instances have been looked at. */
async function begin({ before = "", change = "" }): Promise<void> {
	await studio.open(place);
	await studio.run(`${NAMES} ${before}`);
	await studio.refuse("slow");
	await studio.click("Check place");
	await studio.run(`${NAMES} for _ = 1, 6 do task.wait() end ${change}`);
	expect((await studio.widget()).texts).toContain("Checking the place…");
}

/** Lets the rest go quickly. */
async function finish(): Promise<{ title: string | undefined; text: string }> {
	await studio.allow("slow");
	const { texts } = await studio.waitFor("does not see the place's version history");
	return { title: texts[0], text: texts.join(" | ") };
}

/** What is shown long after a look would have ended. */
async function later(): Promise<string> {
	await studio.allow("slow");
	await studio.advance(5);
	const { texts } = await studio.toolbar().then(() => studio.widget());
	expect(await studio.studioOutput()).toEqual([]);
	return texts.join(" | ");
}

describe("a key that comes while the place is checked is found where Auxvyn had looked before", () => {
	test("in a property, a name, a source, an attribute, a tag and a new Instance", async () => {
		await begin({
			change: `workspace.Value.Value = KEY
				workspace.Named.Name = KEY
				workspace.Loader.Source = KEY
				box:SetAttribute("Token", KEY)
				workspace.Tagged:AddTag(KEY)
				local new = Instance.new("StringValue")
				new.Value = KEY
				new.Parent = workspace.Home`,
		});
		const { title, text } = await finish();
		expect(title).toBe("6 exposed keys");
		expect(text).toMatch(/Workspace\.Value .*property Value/);
		expect(text).toMatch(/Workspace\.auxvyn_… .*name/);
		expect(text).toMatch(/Workspace\.Loader .*source/);
		expect(text).toMatch(/Workspace\.Box .*attribute Token/);
		expect(text).toMatch(/Workspace\.Tagged .*tag/);
		expect(text).toMatch(/Workspace\.Home\.StringValue .*property Value/);
	});

	test("typed into the script editor, which Studio does not announce", async () => {
		await studio.refuse("drafts");
		await begin({
			change: `editor:OpenScriptDocumentAsync(workspace.Loader)
				editor:UpdateSourceAsync(workspace.Loader, function() return KEY end)`,
		});
		const { text } = await finish();
		await studio.allow("drafts");
		expect(text).toMatch(/Workspace\.Loader .*unsaved source in the script editor/);
	});

	test("in a Studio that does not announce changed properties", async () => {
		await studio.refuse("item-changed");
		await begin({ change: "workspace.Value.Value = KEY" });
		const { title } = await finish();
		await studio.allow("item-changed");
		expect(title).toBe("1 exposed key");
	});

	test("by undo", async () => {
		await begin({
			before: `workspace.Value.Value = KEY
				history:SetWaypoint("pasted")
				workspace.Value.Value = ""
				history:SetWaypoint("removed")`,
		});
		await studio.undo();
		const { title } = await finish();
		expect(title).toBe("1 exposed key");
	});

	test("with an Instance that is moved there", async () => {
		await begin({ before: "late.Value = KEY", change: "late.Parent = box" });
		const { title, text } = await finish();
		expect(title).toBe("1 exposed key");
		expect(text).toContain("Workspace.Box.Late");
	});

	test("in an attribute, from one that is looked at later", async () => {
		await begin({
			before: 'late:SetAttribute("Token", KEY)',
			change: 'late:SetAttribute("Token", nil) box:SetAttribute("Token", KEY)',
		});
		const { title, text } = await finish();
		expect(title).toBe("1 exposed key");
		expect(text).toContain("Workspace.Box");
	});
});

describe("a place is not called clean if a key was seen that has gone", () => {
	test.each([
		["was removed", 'workspace.Value.Value = ""'],
		["went with its Instance", "workspace.Value:Destroy()"],
		["was moved out of the place", "workspace.Value.Parent = nil"],
	])("because it %s", async (_, change) => {
		await begin({ before: "workspace.Value.Value = KEY", change });
		const { title, text } = await finish();
		expect(title).toBe("The place changed while it was checked");
		expect(text).toContain("Click Check place to look again");
		await studio.click("Check place");
		await studio.waitFor(CLEAN);
	});
});

test("Instances that are destroyed before they are looked at do not disturb the look", async () => {
	await begin({
		before: "workspace.Value.Value = KEY",
		change: "for _, one in workspace:GetChildren() do if one.Name == 'F' then one:Destroy() end end",
	});
	expect((await finish()).title).toBe("1 exposed key");
});

describe("nothing is shown of a look that was interrupted", () => {
	const HELD = { before: "workspace.Value.Value = KEY" };

	test("by Cancel", async () => {
		await begin(HELD);
		await studio.click("Cancel");
		await studio.refuse("slow", { seconds: 100 });
		const passed = await studio.run("local began = time() for _ = 1, 5 do task.wait() end return time() - began");
		expect(Number(passed), "nothing looks at the clock any more").toBeLessThan(100);
		expect(await later()).toContain("No key in this place yet");
		await studio.click("Check place");
		await studio.waitFor("1 exposed key");
	});

	test("by closing the widget", async () => {
		await begin(HELD);
		await studio.click("Auxvyn");
		expect(await later()).toContain("No key in this place yet");
	});

	test("by closing the place", async () => {
		await begin(HELD);
		await studio.closePlace();
		await studio.open();
		expect(await later()).toContain("No key in this place yet");
	});

	test("by unloading the plugin", async () => {
		await begin(HELD);
		await studio.unload();
		await studio.advance(5);
		expect(await studio.studioOutput()).toEqual([]);
		await studio.reload();
		expect(await later()).toContain("No key in this place yet");
	});
});

test("a widget that is opened again looks again before it says anything about the place", async () => {
	await studio.open(place);
	await studio.click("Check place");
	await studio.waitFor(CLEAN);
	await studio.click("Auxvyn");
	await studio.run(`workspace.Value.Value = "${KEY}"`);
	await studio.click("Auxvyn");
	await studio.waitFor("1 exposed key");
});
