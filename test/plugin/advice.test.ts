import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { type PlaceDescription, writePlace } from "../studio/place-file.ts";
import type { PlaceNode } from "../studio/place-node.ts";
import type { Widget } from "../studio/studio-types.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

const copyOf = (node: PlaceNode): PlaceDescription => ({
	class: node.class,
	name: node.name,
	source: node.source ?? "",
	children: node.children.map(copyOf),
});

/** A connected place's Script, as Script Sync leaves it: without tag and attributes. */
async function syncedScript(loop: Loop): Promise<PlaceDescription> {
	await loop.connect();
	const managed = await loop.managedScript();
	if (managed === undefined) throw new Error("The place has no managed Script.");
	return copyOf(managed);
}

const inHome = (...children: PlaceDescription[]): PlaceDescription => ({ class: "ServerScriptService", children });

async function open(loop: Loop, ...services: PlaceDescription[]): Promise<Widget> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-advice-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	await loop.studio.open(await writePlace(path.join(folder, "place.rbxl"), services), { facts: "published" });
	return loop.studio.settle();
}

const stepsOf = (widget: Widget) => widget.texts.filter((text) => /^\d\. /.test(text));
const hintOf = (script: PlaceDescription) => /auxvyn_[0-9a-f]{56}([0-9a-f]{4})/.exec(script.source ?? "")?.[1] ?? "";

test("a Script that Script Sync wrote is the managed one whatever its name, and Adopt gives it its marks back", async () => {
	const loop = await openLoop({ facts: "published" });
	const synced = await syncedScript(loop);
	for (const name of ["Auxvyn1", "Auxvyn"]) {
		const widget = await open(loop, inHome({ ...synced, name }));
		expect(widget.state).toBe("connected");
		expect(widget.texts.join(" ")).not.toMatch(/did not create|delete/i);
		expect(widget.buttons.map((button) => button.name)).toEqual(expect.arrayContaining(["Adopt", "Reconnect"]));
	}
	await loop.studio.click("Adopt");
	await loop.studio.waitFor("Connected");
	const adopted = await loop.managedScript();
	const [keyId] = await loop.activeKeys();
	expect(adopted).toMatchObject({ tags: ["AuxvynKey"], attributes: { AuxvynKeyId: keyId }, source: synced.source });
	await expect
		.poll(async () => (await loop.studio.widget()).buttons.map((button) => button.name))
		.not.toContain("Adopt");
	await loop.studio.undo();
	expect(await loop.managedScript()).toMatchObject({ tags: [], attributes: {}, source: synced.source });
});

test("Scripts with and without the tag are judged together, and one list of steps leaves one of them", async () => {
	const loop = await openLoop({ facts: "published" });
	const synced = await syncedScript(loop);
	const other = generateKey();
	const pasted = {
		...synced,
		tags: ["AuxvynKey"],
		source: (synced.source ?? "").replace(/auxvyn_[0-9a-f]{60}/, other),
	};
	const two = await open(loop, inHome(synced, { ...pasted, name: "Auxvyn1" }));
	expect(two.state).toBe("refused");
	expect(two.texts[1]).toContain("There are 2 Auxvyn Scripts, but only one may hold the key");
	expect(stepsOf(two)).toEqual(["1. Keep the one whose key you want, and delete the others", "2. Click Retry"]);

	const broken = { class: "Script", name: "Broken", tags: ["AuxvynKey"], source: "" };
	const one = await open(loop, inHome(synced, broken));
	expect(stepsOf(one)).toEqual(["1. Delete ServerScriptService.Broken, which has no key", "2. Click Retry"]);
});

test("an exposed copy of the key in use asks for Reconnect, not for deleting the key of a running game", async () => {
	const loop = await openLoop({ facts: "published" });
	const synced = await syncedScript(loop);
	const copy = { ...synced, name: "Copy", tags: ["AuxvynKey"] };
	const widget = await open(loop, inHome(synced), { class: "ReplicatedStorage", children: [copy] });
	const key = `key auxvyn_…${hintOf(synced)}`;
	expect(widget.texts[1]).toMatch(/^ReplicatedStorage.Copy is in ReplicatedStorage. Players can read/);
	expect(stepsOf(widget)).toEqual([
		`1. Delete ReplicatedStorage.Copy with the ${key}`,
		"2. Click Retry",
		`3. Click Reconnect to replace the ${key}, which leaked`,
	]);
});

test("something else of the Script's name is told apart from the Script with the key", async () => {
	const loop = await openLoop({ facts: "published" });
	const synced = await syncedScript(loop);
	const namesake = { class: "Script", name: "Auxvyn", source: "print('mine')" };
	const beside = await open(loop, inHome(synced, namesake));
	expect(stepsOf(beside)).toEqual([
		`1. Rename or delete the Script ServerScriptService.Auxvyn, not the Script with the key auxvyn_…${hintOf(synced)}`,
		"2. Click Retry",
	]);
	const stored = { class: "ServerStorage", children: [{ ...synced, tags: ["AuxvynKey"] }] };
	expect(stepsOf(await open(loop, inHome(namesake), stored))).toEqual([
		"1. Move it to ServerScriptService",
		"2. Rename or delete the Script ServerScriptService.Auxvyn",
		"3. Click Retry",
	]);
});

test("a Script in a Folder of its name is taken as it is", async () => {
	const loop = await openLoop({ facts: "published" });
	const synced = await syncedScript(loop);
	const folder = { class: "Folder", name: "Auxvyn", children: [synced] };
	expect((await open(loop, inHome(folder))).state).toBe("connected");
});

test("a Script that is linked to an asset gets no key", async () => {
	const loop = await openLoop({ facts: "published" });
	const synced = await syncedScript(loop);
	const linked = { ...synced, properties: { LinkedSource: "rbxassetid://1" } };
	const widget = await open(loop, inHome(linked));
	expect(widget.texts[1]).toMatch(/has a LinkedSource: Studio runs that asset/);
	expect(stepsOf(widget)).toEqual(["1. Clear its LinkedSource, or delete the Script", "2. Click Retry"]);
});
