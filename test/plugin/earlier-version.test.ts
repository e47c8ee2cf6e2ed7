import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { runtimeText } from "../../plugin/build/runtime.ts";
import { tempDir } from "../server/temp-dir.ts";
import { writePlace } from "../studio/place-file.ts";
import { type Loop, useLoops } from "./helper.ts";
import { startPureModules } from "./pure-module.ts";

const openLoop = useLoops();

/** As the plugin wrote it before it knew of rotations. */
const earlier = (name: "core" | "client") =>
	readFile(path.join(import.meta.dirname, "earlier", `${name}.luau`), "utf8");

const FOREIGN = /code that Auxvyn did not write|from another version/;

/** A place that an earlier version has connected, with `edit`ed code. */
async function openEarlier(edit: (core: string) => string = (core) => core): Promise<Loop & { key: string }> {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const managed = await loop.managedScript();
	const head = (managed?.source ?? "").replace(await runtimeText("core"), "");
	expect(head.split("\n").length).toBeLessThan(20);
	const script = {
		class: "Script",
		name: "Auxvyn",
		source: head.replace("apis = {}", 'apis = { "https://api.moonlit.example" }') + edit(await earlier("core")),
		children: [{ class: "ModuleScript", name: "Client", source: await earlier("client") }],
	};
	const place = await writePlace(path.join(await tempDir(), "place.rbxl"), [
		{ class: "ServerScriptService", children: [script] },
	]);
	await loop.studio.open(place, { facts: "published" });
	return { ...loop, key: (await loop.keyInPlace()) ?? "" };
}

test("a place that an earlier version has connected is Auxvyn's own, and Update keeps its key and options", async () => {
	const { key, ...loop } = await openEarlier();
	const home = await loop.studio.waitFor("Connected");
	expect(home.buttons.map(({ name }) => name)).toContain("Update");
	expect(home.texts.join(" ")).not.toMatch(FOREIGN);
	await loop.studio.click("Update");
	// The options are asked about, and nothing else.
	expect((await loop.studio.settle()).texts.join(" ")).not.toMatch(FOREIGN);
	await loop.studio.click("Useitanyway");
	await expect.poll(async () => (await loop.managedScript())?.source).toContain(await runtimeText("core"));
	const managed = await loop.managedScript();
	expect(managed?.source).toContain(key);
	expect(managed?.source).toContain('apis = { "https://api.moonlit.example" }');
	expect(managed?.children.map(({ source }) => source)).toEqual([await runtimeText("client")]);
});

test("an earlier version's code with one more line is not Auxvyn's own", async () => {
	const loop = await openEarlier((core) => `${core}print(KEY)\n`);
	expect((await loop.studio.waitFor("Connected")).texts.join(" ")).toMatch(/code that Auxvyn did not write/);
});

test("digests are those of SHA-256, at every length of the last block", async () => {
	const luau = await startPureModules();
	for (const text of ["", "abc", "a".repeat(55), "a".repeat(56), "a".repeat(64), "ö".repeat(1000)]) {
		const digest = createHash("sha256").update(text).digest("hex");
		expect(await luau("place/sha256", "sha256", text)).toBe(digest);
	}
});
