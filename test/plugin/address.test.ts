import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { bakeAddress } from "../../plugin/build/model-values.ts";
import { tempDir } from "../server/temp-dir.ts";
import { builtPlugin } from "../studio/built-plugin.ts";
import { useLoops } from "./helper.ts";

const openLoop = useLoops();

async function typeAddress(loop: Awaited<ReturnType<typeof openLoop>>, text: string) {
	await loop.studio.click("Settings");
	await loop.studio.type("ServerAddress", text);
	await loop.studio.click("Save");
	return loop.studio.settle();
}

test("an address is validated before it is saved, and an invalid one stays in the box", async () => {
	const loop = await openLoop({ facts: "published" });
	const invalid: [string, RegExp][] = [
		["keys.example.com", /not a server address/],
		["https://keys.example.com/path", /not a server address/],
		["http://keys.example.com", /only over https/],
		["https://keys.example.com:1194", /does not send requests to this port/],
	];
	for (const [text, reason] of invalid) {
		const widget = await typeAddress(loop, text);
		expect(widget.state).toBe("settings");
		expect(widget.texts.join(" ")).toMatch(reason);
		expect(widget.boxes).toMatchObject([{ name: "ServerAddress", text }]);
		await loop.studio.click("Cancel");
	}
	expect(await loop.studio.settings()).toEqual({});
});

test("a chosen address is saved together with the built-in one it replaces", async () => {
	const loop = await openLoop({ facts: "published" });
	const widget = await typeAddress(loop, " HTTPS://Keys.Example.com/ ");
	expect(widget.texts).toContain("keys.example.com");
	expect(Object.values(await loop.studio.settings())).toEqual([
		{ address: "https://keys.example.com", replaces: loop.address },
	]);
	const again = await loop.studio.open(undefined, { facts: "published" });
	expect(again.texts).toContain("keys.example.com");
	expect(again.texts.join(" ")).not.toContain("Only this computer can reach this server");

	await loop.studio.click("Settings");
	await loop.studio.click("Use built-in");
	expect((await loop.studio.settle()).texts).toContain(loop.address.replace("http://", ""));
	expect(await loop.studio.settings()).toEqual({});
});

test("a plugin that was downloaded from a server has its address", async () => {
	const { studio } = await openLoop();
	const plugin = path.join(await tempDir(), "Auxvyn.rbxmx");
	await writeFile(plugin, bakeAddress(await readFile(await builtPlugin(), "utf8"), "https://keys.example.com"));
	const opened = await studio.raw({ do: "open", plugin, address: false, facts: "published" });
	expect(opened["texts"]).toContain("keys.example.com");
});

test("the widget warns about a loopback address before Connect", async () => {
	const loop = await openLoop({ facts: "published" });
	const { texts } = await loop.studio.widget();
	expect(texts).toContain("Only this computer can reach this server: playtests will work, published games will not.");
});

const STAGING = { facts: "published", factOverrides: { gameId: 1650889999 } } as const;

test("each published experience has its own address, and unpublished places share one", async () => {
	const loop = await openLoop({ facts: "published" });
	await typeAddress(loop, "https://live.example.com");
	await loop.studio.open(undefined, STAGING);
	expect((await loop.studio.settle()).texts).not.toContain("live.example.com");
	await typeAddress(loop, "https://staging.example.com");
	await loop.studio.open(undefined, { facts: "unpublished" });
	expect((await loop.studio.settle()).texts.join(" ")).not.toMatch(/(live|staging)\.example\.com/);
	await loop.studio.open(undefined, { facts: "published" });
	expect((await loop.studio.settle()).texts).toContain("live.example.com");
	await loop.studio.open(undefined, STAGING);
	expect((await loop.studio.settle()).texts).toContain("staging.example.com");
});
