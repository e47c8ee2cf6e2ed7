import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { type PlaceDescription, writePlace } from "../studio/place-file.ts";
import { whereIs } from "../studio/place-node.ts";
import { openStudio, type Studio } from "../studio/studio.ts";

const ADDRESS = "http://127.0.0.1:1024";
const KEY = generateKey();
const SOURCE = `local KEY = "${KEY}"\nlocal ADDRESS = "${ADDRESS}"\nrequire(script.Client).start(KEY, ADDRESS)`;
const CLEAN = "No exposed keys in this place as it is open now";
const managed: PlaceDescription = {
	class: "Script",
	name: "Auxvyn",
	source: SOURCE,
	tags: ["AuxvynKey"],
	children: [{ class: "ModuleScript", name: "Client", source: "return {}" }],
};
const inside = (service: string, ...children: PlaceDescription[]): PlaceDescription => ({ class: service, children });
const value = (text: string, more: Partial<PlaceDescription> = {}): PlaceDescription => ({
	class: "StringValue",
	name: "Copy",
	properties: { Value: text },
	...more,
});

let folder: string;
let studio: Studio;
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), "auxvyn-check-place-"));
	studio = await openStudio({ server: ADDRESS });
});
afterAll(async () => {
	await studio.close();
	await rm(folder, { recursive: true, force: true });
});

async function open(...services: PlaceDescription[]): Promise<void> {
	await studio.open(await writePlace(path.join(folder, "place.rbxl"), services));
}

async function check() {
	await studio.click("Check place");
	const widget = await studio.waitFor("does not see the place's version history");
	expect(JSON.stringify(widget)).not.toContain(KEY);
	return { title: widget.texts[0], text: widget.texts.join(" | "), buttons: widget.buttons.map(({ name }) => name) };
}

test("the managed Script's own key is safe, and the place is clean", async () => {
	await open(inside("ServerScriptService", managed));
	const { title, text, buttons } = await check();
	expect(title).toBe(CLEAN);
	expect(text).toContain(`Safe | ServerScriptService.Auxvyn | auxvyn_…${KEY.slice(-4)}`);
	expect(buttons).not.toContain("Removecopy");
});

const EXPOSED: [string, PlaceDescription, RegExp][] = [
	["a value", inside("ReplicatedStorage", value(KEY)), /ReplicatedStorage\.Copy .*property Value/],
	[
		"an attribute",
		inside("Workspace", { class: "Folder", name: "Box", attributes: { Token: KEY } }),
		/Workspace\.Box .*attribute Token/,
	],
	[
		"an attribute's name",
		inside("Lighting", { class: "Folder", name: "Box", attributes: { [KEY]: true } }),
		/Lighting\.Box .*an attribute's name/,
	],
	["a tag", inside("SoundService", { class: "Folder", name: "Box", tags: [KEY] }), /SoundService\.Box .*tag/],
	["a name", inside("StarterPack", { class: "Folder", name: KEY }), /StarterPack\.auxvyn_… .*name/],
	[
		"a label's text",
		inside("StarterGui", { class: "TextLabel", name: "Label", properties: { Text: `is ${KEY}!` } }),
		/StarterGui\.Label .*property Text/,
	],
	[
		"a LocalScript",
		inside("ReplicatedFirst", { class: "LocalScript", name: "Loader", source: `print("${KEY}")` }),
		/ReplicatedFirst\.Loader .*source/,
	],
];

describe("a key that players get is exposed: revoke it", () => {
	test.each(EXPOSED)("in %s", async (_, service, where) => {
		await open(service);
		const { title, text } = await check();
		expect(title).toBe("1 exposed key");
		expect(text).toMatch(where);
		expect(text).toMatch(/Revoke it: delete the key auxvyn_….{4} in the dashboard/);
	});
});

test("a key is found without Studio's list of properties, too", async () => {
	await open(inside("ReplicatedStorage", value(KEY)));
	await studio.refuse("reflection");
	const { title } = await check();
	await studio.allow("reflection");
	expect(title).toBe("1 exposed key");
});

test("a key is found in scripts of which Studio does not say what the script editor shows", async () => {
	const scripts = ["One", "Two"].map((name) => ({ class: "LocalScript", name, source: `print("${KEY}")` }));
	await open(inside("ReplicatedFirst", ...scripts));
	await studio.refuse("no-editor-source");
	const { title } = await check();
	await studio.allow("no-editor-source");
	expect(title).toBe("2 exposed keys");
});

test("a key on the server, but outside the managed Script, is told apart", async () => {
	await open(inside("ServerStorage", value(KEY)), inside("ServerScriptService", managed));
	const { title, text, buttons } = await check();
	expect(title).toBe("1 key outside the managed Script");
	expect(text).toMatch(/On the server, but outside the managed Script \| ServerStorage\.Copy/);
	expect(buttons.filter((name) => name.startsWith("Remove"))).toEqual([]);
});

test("of very many finds the worst are listed, and the others counted", async () => {
	const keys = Array.from({ length: 55 }, () => generateKey());
	const source = keys.map((key) => `-- ${key}`).join("\n");
	await open(
		inside("ServerStorage", value(KEY)),
		inside("ReplicatedStorage", { class: "ModuleScript", name: "Notes", source }),
	);
	const { title, text, buttons } = await check();
	expect(title).toBe("55 exposed keys");
	expect(buttons.filter((name) => name === "Select")).toHaveLength(50);
	expect(text).toContain("And 6 more.");
	expect(text).not.toContain("ServerStorage.Copy");
});

test("Remove copy takes out an exposed copy, and nothing else, in one step that undo takes back", async () => {
	await open(inside("ReplicatedStorage", value(KEY)), inside("ServerScriptService", managed));
	await check();
	await studio.click("Remove copy");
	await studio.waitFor(CLEAN);
	expect(whereIs(await studio.place(), KEY)).toEqual(["ServerScriptService.Auxvyn"]);
	expect(await studio.history()).toMatchObject({ undo: ["Auxvyn: Remove a copy of the key"], unrecorded: 0 });
	await studio.undo();
	expect(whereIs(await studio.place(), KEY)).toContain("ReplicatedStorage.Copy");
});

const KEPT: [string, PlaceDescription][] = [
	["a value with more text", value(`${KEY} and more`)],
	["a value with something in it", value(KEY, { children: [{ class: "Part", name: "Part" }] })],
	["a value with the key in an attribute as well", value(KEY, { attributes: { Token: KEY } })],
	[
		"a script with another key in a property",
		{
			class: "ModuleScript",
			name: "Api",
			source: `return "${KEY}"`,
			properties: { LinkedSource: `rbxassetid://${generateKey()}` },
		},
	],
	["a script with code", { class: "ModuleScript", name: "Api", source: `local k = "${KEY}"\nprint(k)\nreturn k` }],
	[
		"a script with code behind a carriage return",
		{ class: "ModuleScript", name: "Api", source: `-- \rprint(1)\nreturn "${KEY}"` },
	],
	[
		"a script with two keys",
		{ class: "ModuleScript", name: "Api", source: `return { a = "${KEY}", b = "${generateKey()}" }` },
	],
];

test.each(KEPT)("Remove copy is not offered for %s", async (_, kept) => {
	await open(inside("ReplicatedStorage", kept));
	const { title, buttons } = await check();
	expect(title).toMatch(/exposed key/);
	expect(buttons.filter((name) => name.startsWith("Remove"))).toEqual([]);
});

test("Remove copy changes nothing if the copy has become something else meanwhile", async () => {
	await open(inside("ReplicatedStorage", value(KEY)));
	await check();
	await studio.run('Instance.new("Part", game.ReplicatedStorage.Copy)');
	await studio.click("Remove copy");
	await studio.waitFor("The place has changed");
	expect(whereIs(await studio.place(), KEY)).toEqual(["ReplicatedStorage.Copy"]);
});

test("while Studio records nothing, Remove copy changes nothing, and Retry removes the copy in one step", async () => {
	await open(inside("ReplicatedStorage", value(KEY)));
	await check();
	await studio.refuse("recording");
	await studio.click("Remove copy");
	const { texts } = await studio.waitFor("Studio is busy");
	expect(texts.join(" ")).toContain("Stop the playtest, then try again");
	expect(whereIs(await studio.place(), KEY)).toEqual(["ReplicatedStorage.Copy"]);
	expect(await studio.history()).toMatchObject({ undo: [], unrecorded: 0, recording: false });
	await studio.allow("recording");
	await studio.click("Retry");
	await studio.waitFor(CLEAN);
	expect(whereIs(await studio.place(), KEY)).toEqual([]);
	expect(await studio.history()).toMatchObject({ undo: ["Auxvyn: Remove a copy of the key"], unrecorded: 0 });
	await studio.undo();
	await studio.waitFor("1 exposed key");
	expect(whereIs(await studio.place(), KEY)).toEqual(["ReplicatedStorage.Copy"]);
	await studio.redo();
	await studio.waitFor(CLEAN);
});

test("a click on a find selects it in the Explorer", async () => {
	await open(inside("ReplicatedStorage", value(KEY)));
	await check();
	await studio.click("Select");
	expect(await studio.selection()).toEqual(["ReplicatedStorage.Copy"]);
});

test("the managed Script's key on disk is told, and Script Sync before an install", async () => {
	await open(inside("ServerScriptService", managed));
	await studio.sync("ServerScriptService", "SyncedAsRoot");
	await studio.waitFor("The key lies in a file on this computer");
	const { title, text } = await check();
	expect(title).toBe("1 key on disk");
	expect(text).toContain("Script Sync writes it to a file on this computer");
	await open(inside("ServerScriptService"));
	await studio.sync("ServerScriptService", "SyncedAsRoot");
	await studio.waitFor("The key would lie in a file on this computer");
});

test("every place without a key is told about Rojo, and more plainly while Rojo syncs it", async () => {
	const lock = { class: "ObjectValue", name: "__Rojo_SessionLock" };
	await open(inside("ServerStorage", lock));
	await studio.waitFor('If you use Rojo, add "$ignoreUnknownInstances": true to ServerScriptService');
	await studio.run('game.ServerStorage["__Rojo_SessionLock"].Value = workspace');
	await studio.advance(10);
	await studio.waitFor("Rojo is syncing this place");
});

describe("the script editor warns about a key in any script but the managed one", () => {
	const other = { class: "Script", name: "Other", source: `print(1)\nprint("${KEY}")` };
	const PATH = "ServerScriptService.Other";
	const isRegistered = () =>
		studio.run('game:GetService("ScriptEditorService"):IsScriptAnalysisCallbackRegistered("AuxvynKeyInScript")');

	test("as long as the plugin runs", async () => {
		await open(inside("ServerScriptService", managed, other));
		await studio.waitFor("Check place");
		expect(await studio.analyze("ServerScriptService.Auxvyn")).toEqual([]);
		const findings = await studio.analyze(PATH);
		expect(findings).toMatchObject([{ line: 2, severity: "Warning" }]);
		expect(JSON.stringify(findings)).not.toContain(KEY);
		await studio.unload();
		expect(await isRegistered()).toBe("false");
		expect(await studio.studioOutput()).toEqual([]);
	});

	test("and no more after it was unloaded, if Studio does not let go of the callback", async () => {
		await open(inside("ServerScriptService", managed, other));
		await studio.refuse("analysis");
		await studio.unload();
		expect(await isRegistered()).toBe("true");
		expect(await studio.analyze(PATH)).toEqual([]);
		await studio.allow("analysis");
		await studio.reload();
		expect(await studio.analyze(PATH)).toHaveLength(1);
		expect(await studio.studioOutput()).toEqual([]);
	});

	test("with nothing said where Studio has no such callbacks", async () => {
		await studio.refuse("no-analysis");
		await open(inside("ServerScriptService", managed, other));
		await studio.unload();
		await studio.allow("no-analysis");
		expect(await studio.studioOutput()).toEqual([]);
	});
});
