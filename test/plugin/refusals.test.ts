import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { type PlaceDescription, writePlace } from "../studio/place-file.ts";
import { openStudio, type Studio } from "../studio/studio.ts";

const ADDRESS = "http://127.0.0.1:1024";
const KEY = generateKey();
const SOURCE = [
	`local KEY = "${KEY}"`,
	`local ADDRESS = "${ADDRESS}"`,
	"require(script.Client).start(KEY, ADDRESS)",
].join("\n");
const CLIENT: PlaceDescription = { class: "ModuleScript", name: "Client", source: "return {}" };

function managed(changes: Partial<PlaceDescription> = {}): PlaceDescription {
	return { class: "Script", name: "Auxvyn", source: SOURCE, tags: ["AuxvynKey"], children: [CLIENT], ...changes };
}

const inside = (service: string, ...children: PlaceDescription[]): PlaceDescription[] => [{ class: service, children }];
const home = (...children: PlaceDescription[]) => inside("ServerScriptService", ...children);

const CASES: [string, PlaceDescription[], RegExp][] = [
	["a LocalScript with the tag", home(managed({ class: "LocalScript" })), /is a LocalScript.*as leaked/],
	["a ModuleScript with the tag", home(managed({ class: "ModuleScript" })), /is a ModuleScript.*as leaked/],
	["a Script that runs on clients", home(managed({ properties: { RunContext: "Client" } })), /RunContext Client/],
	["a Script that runs as a plugin", home(managed({ properties: { RunContext: "Plugin" } })), /RunContext Plugin/],
	[
		"a Script where players can read it",
		inside("ReplicatedStorage", managed()),
		/is in ReplicatedStorage. Players can read/,
	],
	["a Script in the Workspace", inside("Workspace", managed()), /is in Workspace. Players can read/],
	["a Script in ServerStorage", inside("ServerStorage", managed()), /where Scripts do not run/],
	[
		"a Script in a Package",
		home({ class: "Folder", name: "Kit", children: [managed(), { class: "PackageLink", name: "PackageLink" }] }),
		/inside a Package/,
	],
	[
		"a Script in a folder in an Actor",
		home({ class: "Actor", name: "Actor", children: [{ class: "Folder", name: "F", children: [managed()] }] }),
		/inside an Actor/,
	],
	["a Script in an Actor", home({ class: "Actor", name: "Actor", children: [managed()] }), /inside an Actor/],
	[
		"two managed Scripts",
		home(managed(), managed()),
		/There are 2 Auxvyn Scripts.*: 2 Scripts named ServerScriptService.Auxvyn\./,
	],
	["another Script of that name", home(managed({ tags: [], source: "return 1" })), /that Auxvyn did not create/],
	["a source without a key", home(managed({ source: "print('hi')" })), /has no key/],
	["a source with two keys", home(managed({ source: `${SOURCE}\n-- ${KEY}` })), /more than one key/],
	[
		"a source without an address",
		home(managed({ source: SOURCE.replace("ADDRESS =", "HOST =") })),
		/must have exactly one server address/,
	],
];

let folder: string;
let studio: Studio;
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), "auxvyn-refusals-"));
	studio = await openStudio({ server: ADDRESS });
});
afterAll(async () => {
	await studio.close();
	await rm(folder, { recursive: true, force: true });
});

async function bytesOfPlace(): Promise<string> {
	const file = path.join(folder, "saved.rbxlx");
	await studio.save(file);
	return readFile(file, "utf8");
}

test.each(CASES)("%s is refused with the reason, and the place is unchanged", async (_, place, reason) => {
	await studio.open(await writePlace(path.join(folder, "place.rbxl"), place));
	const before = await bytesOfPlace();
	const widget = await studio.settle();
	expect(widget.state).toBe("refused");
	expect(widget.texts[0]).toBe("Nothing was changed");
	expect(widget.texts[1]).toMatch(reason);
	expect(widget.texts.filter((text) => /^\d\. /.test(text)).length).toBeGreaterThan(1);
	expect(widget.buttons.map((button) => button.name)).toEqual(["Settings", "Checkplace", "Retry"]);

	await studio.click("Retry");
	expect((await studio.settle()).state).toBe("refused");
	expect(await bytesOfPlace()).toBe(before);
	expect(JSON.stringify(widget)).not.toContain(KEY);
	expect(await studio.history()).toMatchObject({ undo: [], unrecorded: 0 });
});

test("an exposed key is shown with its hint and the steps to delete it", async () => {
	await studio.open(await writePlace(path.join(folder, "exposed.rbxl"), inside("ReplicatedStorage", managed())));
	const widget = await studio.settle();
	expect(widget.texts).toEqual(
		expect.arrayContaining([
			`1. Delete its key auxvyn_…${KEY.slice(-4)} in the dashboard`,
			"2. Delete ReplicatedStorage.Auxvyn",
			"3. Click Retry",
			"4. Click Connect, and publish the place",
		]),
	);
});

test("a key for another server is not replaced: the widget names both servers and offers no Reconnect", async () => {
	const other = SOURCE.replace(ADDRESS, "http://127.0.0.1:1025");
	await studio.open(await writePlace(path.join(folder, "other.rbxl"), home(managed({ source: other }))));
	const before = await bytesOfPlace();
	const widget = await studio.settle();
	expect(widget.state).toBe("refused");
	expect(widget.buttons.map((button) => button.name)).toEqual(["Settings", "Checkplace", "Retry"]);
	expect(widget.texts[1]).toContain("is for http://127.0.0.1:1025, but this plugin is set to http://127.0.0.1:1024");
	expect(await bytesOfPlace()).toBe(before);
});

test("the key of a disabled Script can be replaced, but the widget says that it will not run", async () => {
	const properties = { Disabled: true };
	await studio.open(await writePlace(path.join(folder, "disabled.rbxl"), home(managed({ properties, children: [] }))));
	const widget = await studio.settle();
	expect(widget.state).toBe("connected");
	expect(widget.texts.join(" ")).toMatch(/is disabled: it will not run.*“Client” is missing/);
	expect(widget.buttons.map((button) => button.name)).toContain("Reconnect");
});
