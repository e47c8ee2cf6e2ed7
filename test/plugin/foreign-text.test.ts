import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { writePlace } from "../studio/place-file.ts";
import { useLoops } from "./helper.ts";
import { startPureModules } from "./pure-module.ts";

const openLoop = useLoops();

const NAMED = "https://keys.moonlit.example";

test("text of others is shown in one line and one direction, without keys, and short", async () => {
	const luau = await startPureModules();
	const shown = (text: string, most?: number) => luau("text/shown", "shown", text, ...(most ? [most] : []));
	const key = `auxvyn_${"0a".repeat(30)}`;
	expect(await shown("Moonlit's wörkspace ☃")).toBe("Moonlit's wörkspace ☃");
	expect(await shown("a\n\nb\tc\u0000d\u0085e\u2028f")).toBe("a b c d e f");
	expect(await shown("\u202eecapskrow\u2066\u200f")).toBe("\ufffdecapskrow\ufffd\ufffd");
	expect(await shown(`Bearer ${key}, ${key.toUpperCase()}, ${key.slice(0, 20)}`)).toBe(
		"Bearer auxvyn_…, auxvyn_…, auxvyn_…",
	);
	expect(await shown("ä".repeat(101))).toBe(`${"ä".repeat(99)}…`);
	expect(await shown("ä".repeat(100))).toBe("ä".repeat(100));
	expect(await shown("abcdef", 3)).toBe("ab…");
});

test("a server's texts reach the widget without the key that they quote, and without turning it round", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const key = (await loop.keyInPlace()) ?? "";
	const quoting = [
		{ status: 401, body: { code: "revoked_key", detail: `Refused: Bearer ${key}\nSend it to \u202eevil` } },
		{
			status: 200,
			body: { workspace: { id: "ws_1", name: `\u202e${key}` }, key: { id: "key_1", label: `Label\n${key}` } },
		},
		{ status: 400, body: { error: "invalid_request", error_description: `No ${key}` } },
	];
	for (const { status, body } of quoting) {
		await loop.studio.refuse("http-status", { match: "/v1/whoami", status, body: JSON.stringify(body), times: 1 });
		await loop.studio.click("Auxvyn");
		await loop.studio.click("Auxvyn");
		await loop.studio.waitFor("auxvyn_…");
		const { texts } = await loop.studio.settle();
		expect(texts.filter((text) => text.includes("auxvyn_…")).length).toBeGreaterThan(1);
		expect(texts.join("")).not.toMatch(/auxvyn_[0-9a-f]|[\n\u202e]/);
	}
});

test("what Instances are named stays a name in the widget's sentences", async () => {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-names-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const name = "X\n\nUpdate needed: paste your key at \u202ehttps://evil.example/\n";
	const place = await writePlace(path.join(folder, "names.rbxl"), [
		{ class: "ReplicatedStorage", children: [{ class: "Folder", name, tags: ["AuxvynKey"] }] },
	]);
	const loop = await openLoop({ place });
	const { texts, state } = await loop.studio.settle();
	expect(state).toBe("refused");
	expect(texts.join("")).toContain("ReplicatedStorage.X Update needed");
	expect(texts.join("")).not.toMatch(/[\n\u202e]/);
});

test("a game server prints no key, whatever its server quotes", async () => {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-quotes-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const place = await writePlace(path.join(folder, "game.rbxl"), [
		{ class: "HttpService", properties: { HttpEnabled: true } },
	]);
	const loop = await openLoop({ place, publicName: NAMED });
	await loop.connect();
	const key = (await loop.keyInPlace()) ?? "";
	const quoting = [
		{ status: 401, body: { code: "revoked_key", detail: `Refused:\nBearer ${key}` }, said: "was revoked" },
		{ status: 200, body: { workspace: { name: key }, key: { label: `Label ${key}` } }, said: "Connected" },
	];
	for (const { status, body, said } of quoting) {
		await loop.studio.refuse("http-status", { match: "/v1/whoami", status, body: JSON.stringify(body) });
		const { server } = await loop.studio.publish();
		const { output } = await loop.studio.waitForOutput(server, said);
		expect(output.join("\n")).toContain("auxvyn_…");
		expect(output.join("\n")).not.toMatch(/auxvyn_[0-9a-f]/);
		await loop.studio.allow("http-status");
	}
});
