import { createServer } from "node:net";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { tempDir } from "../server/temp-dir.ts";
import { type PlaceDescription, writePlace } from "../studio/place-file.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

/** A server that answers nothing, and counts the bytes it gets. */
async function listen(): Promise<{ address: string; bytes: () => number }> {
	let bytes = 0;
	const server = createServer((socket) => {
		socket.on("data", (chunk) => (bytes += chunk.length));
		socket.on("error", () => {});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	const bound = server.address();
	if (bound === null || typeof bound === "string") throw new Error("The server has no port.");
	return { address: `http://127.0.0.1:${bound.port}`, bytes: () => bytes };
}

function script(key: string, address: string, more: Partial<PlaceDescription> = {}): PlaceDescription {
	const source = [
		`local KEY = "${key}"`,
		`local ADDRESS = "${address}"`,
		"local options = { apis = {} }",
		"require(script.Client).start(KEY, ADDRESS, options)",
	].join("\n");
	return { class: "Script", name: "Auxvyn", source, tags: ["AuxvynKey"], ...more };
}

async function open(loop: Loop, place: PlaceDescription[]): Promise<void> {
	await loop.studio.open(await writePlace(path.join(await tempDir(), "place.rbxl"), place), { facts: "published" });
}

const HOSTS = ["http://evil.example", "https://evil.example", "listener"];

test("opening a place, and waiting in it, sends nothing to the address that it names, only to the plugin's own", async () => {
	const hostile = await listen();
	const network = Object.fromEntries(HOSTS.slice(0, 2).map((host) => [host, hostile.address]));
	const loop = await openLoop({ facts: "published", network });
	const { secret } = await loop.person.createKey("Stolen");
	for (const host of HOSTS) {
		const address = host === "listener" ? hostile.address : host;
		const own = script(secret, address);
		const first = [{ class: "ServerScriptService", children: [own] }];
		const others = [
			[{ class: "ServerScriptService", children: [own, script(secret, loop.address, { name: "Second" })] }],
			[{ class: "ServerScriptService", children: [{ ...own, tags: [] }] }],
		];
		for (const place of host === "listener" ? [first, ...others] : [first]) {
			await open(loop, place);
			await loop.advance(30);
			const widget = await loop.studio.settle();
			expect(widget.state, JSON.stringify(place)).toBe("refused");
			expect(widget.buttons.map((button) => button.name)).not.toContain("Reconnect");
			if (place === first) {
				expect(widget.texts.join(" ")).toContain(`is for ${address}, but this plugin is set to ${loop.address}`);
			}
		}
	}
	expect(hostile.bytes()).toBe(0);
	expect(loop.server.logs.join("")).not.toContain("/v1/whoami");

	// The listener does count what reaches it.
	await loop.studio.click("Settings");
	await loop.studio.type("ServerAddress", hostile.address);
	await loop.studio.click("Save");
	await expect.poll(hostile.bytes).toBeGreaterThan(0);
});

test("a plugin that was made for a server without https sends nothing, and says what to do", async () => {
	const hostile = await listen();
	const address = "http://keys.example.com";
	const loop = await openLoop({ facts: "published", server: address, network: { [address]: hostile.address } });
	const { secret } = await loop.person.createKey("Own");
	await open(loop, [{ class: "ServerScriptService", children: [script(secret, address)] }]);
	await loop.advance(30);
	const widget = await loop.studio.settle();
	expect(widget.texts[0]).toBe("Download the plugin again");
	expect(widget.texts.join(" ")).toContain("PUBLIC_URL");
	expect(widget.buttons).toEqual([]);
	expect(hostile.bytes()).toBe(0);
});
