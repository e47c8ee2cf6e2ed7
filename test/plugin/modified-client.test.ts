import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { type PlaceDescription, writePlace } from "../studio/place-file.ts";
import type { PlaceNode } from "../studio/place-node.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

const CHANGED = /Client\S* below the Script: changed, or from another version/;

/** Opens a place with these Scripts, as if another developer had made it. */
async function openWith(loop: Loop, ...scripts: PlaceDescription[]): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-client-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const home = { class: "ServerScriptService", children: scripts };
	await loop.studio.open(await writePlace(path.join(folder, "place.rbxl"), [home]), { facts: "published" });
}

function copyOf(node: PlaceNode, edit: (source: string) => string): PlaceDescription {
	const children = node.children.map((child) => copyOf(child, edit));
	return { class: node.class, name: node.name, source: edit(node.source ?? ""), children };
}

/** The managed Script of the connected place, with other modules below it. */
async function scriptWith(loop: Loop, modules: (client: PlaceNode) => PlaceDescription[]): Promise<PlaceDescription> {
	const managed = await loop.managedScript();
	const [client] = managed?.children ?? [];
	if (managed === undefined || client === undefined) throw new Error("The place has no managed Script.");
	return { ...copyOf({ ...managed, children: [] }, (source) => source), tags: managed.tags, children: modules(client) };
}

test("a Client that is not the plugin's own gets a new key only after the user has confirmed a warning", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const first = await loop.keyInPlace();
	const thief = { class: "ModuleScript", name: "Client", source: "return { start = print }" };
	await openWith(loop, await scriptWith(loop, () => [thief]));
	expect((await loop.studio.waitFor("Connected")).texts.join(" ")).toMatch(CHANGED);

	const before = await loop.studio.place();
	await loop.studio.click("Reconnect");
	const warning = await loop.studio.settle();
	expect(warning.state).toBe("confirm");
	expect(warning.texts.join(" ")).toMatch(/Not Auxvyn's own.*from another version of the plugin.*Nothing was changed/);
	await loop.studio.click("Cancel");
	await loop.studio.waitFor("Connected");
	expect(await loop.studio.place()).toEqual(before);
	expect(loop.server.logs.join("").split("/oauth/device_authorization")).toHaveLength(2);

	await loop.studio.click("Reconnect");
	await loop.studio.click("Useitanyway");
	await loop.approve({ label: "Second" });
	await loop.verified("Second");
	expect(await loop.keyInPlace()).not.toBe(first);
});

test("another module below the Client, or a second Client, counts as a change; other line endings do not", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const same = (text: string) => text;
	const more = { class: "ModuleScript", name: "more", source: "return 1" };
	const [added, second, lineEnds] = [
		await scriptWith(loop, (client) => {
			const copy = copyOf(client, same);
			return [{ ...copy, children: [...(copy.children ?? []), more] }];
		}),
		await scriptWith(loop, (client) => [copyOf(client, same), { ...more, name: "Client" }]),
		await scriptWith(loop, (client) => [copyOf(client, (text) => text.replaceAll("\n", "\r\n"))]),
	];
	for (const changed of [added, second]) {
		await openWith(loop, changed);
		expect((await loop.studio.waitFor("Connected")).texts.join(" ")).toMatch(CHANGED);
	}
	await openWith(loop, lineEnds);
	expect((await loop.studio.waitFor("Connected")).texts.join(" ")).not.toMatch(CHANGED);
});

test("an unknown key leads to a new Script, not to Reconnect", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const decoy = generateKey();
	const script = await scriptWith(loop, (client) => [copyOf(client, (text) => text)]);
	await openWith(loop, { ...script, source: script.source?.replace(/auxvyn_[0-9a-f]{60}/, decoy) ?? "" });
	const home = await loop.studio.waitFor("The server does not know this key");
	expect(home.texts).toContain("Next: delete ServerScriptService.Auxvyn, then Connect.");
	expect(home.buttons.map((button) => button.name)).not.toContain("Reconnect");
});

test("the servers in the options are shown before Reconnect", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const script = await scriptWith(loop, (client) => [copyOf(client, (text) => text)]);
	// As long as a name can be: its end says whose it is.
	const api = `https://keys.moonlit.example.${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.evil.example`;
	const source = script.source?.replace("apis = {},", `apis = { "${api}" },`) ?? "";
	await openWith(loop, { ...script, source });
	const home = await loop.studio.waitFor("Connected");
	expect(home.texts).toContain(
		`The Script's options let game code send the key to: ${api}. Go on only if that is right.`,
	);
});

test("a Script with other code gets a new key only after the user has confirmed it", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const first = await loop.keyInPlace();
	const script = await scriptWith(loop, (client) => [copyOf(client, (text) => text)]);
	const source = `${script.source ?? ""}\nADDRESS = "https://evil.example"\n`;
	await openWith(loop, { ...script, source });
	const home = await loop.studio.waitFor("Connected");
	expect(home.texts.join(" ")).toMatch(/code that Auxvyn did not write. It may send the key anywhere/);
	await loop.studio.click("Reconnect");
	expect((await loop.studio.settle()).state).toBe("confirm");
	expect(await loop.keyInPlace()).toBe(first);
});
