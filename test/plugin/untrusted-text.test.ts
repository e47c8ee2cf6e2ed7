import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { writePlace } from "../studio/place-file.ts";
import { useLoops } from "./helper.ts";
import { startPureModules } from "./pure-module.ts";

const openLoop = useLoops();

const PUBLIC_URL = "https://keys.moonlit.example";

test("untrusted text is shortened to one line in one direction, without keys", async () => {
	const luau = await startPureModules();
	const displayText = (text: string, max?: number) =>
		luau("text/display-text", "displayText", text, ...(max ? [max] : []));
	const key = `auxvyn_${"0a".repeat(30)}`;
	expect(await displayText("Moonlit's wörkspace ☃")).toBe("Moonlit's wörkspace ☃");
	expect(await displayText("a\n\nb\tc\u0000d\u0085e\u2028f")).toBe("a b c d e f");
	expect(await displayText("\u202eecapskrow\u2066\u200f")).toBe("\ufffdecapskrow\ufffd\ufffd");
	expect(await displayText(`Bearer ${key}, ${key.toUpperCase()}, ${key.slice(0, 20)}`)).toBe(
		"Bearer auxvyn_…, auxvyn_…, auxvyn_…",
	);
	expect(await displayText("ä".repeat(101))).toBe(`${"ä".repeat(99)}…`);
	expect(await displayText("ä".repeat(100))).toBe("ä".repeat(100));
	expect(await displayText("abcdef", 3)).toBe("ab…");
});

test("a server's texts are shown without quoted keys or bidi characters", async () => {
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

test("Instance names cannot break out of the widget's sentences", async () => {
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

test("a game server prints no key, whatever the Auxvyn server quotes", async () => {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-quotes-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const place = await writePlace(path.join(folder, "game.rbxl"), [
		{ class: "HttpService", properties: { HttpEnabled: true } },
	]);
	const loop = await openLoop({ place, publicName: PUBLIC_URL });
	await loop.connect();
	const key = (await loop.keyInPlace()) ?? "";
	const quoting = [
		{ status: 401, body: { code: "revoked_key", detail: `Refused:\nBearer ${key}` }, printed: "was revoked" },
		{ status: 200, body: { workspace: { name: key }, key: { label: `Label ${key}` } }, printed: "Connected" },
	];
	for (const { status, body, printed } of quoting) {
		await loop.studio.refuse("http-status", { match: "/v1/whoami", status, body: JSON.stringify(body) });
		const { server } = await loop.studio.publish();
		const { output } = await loop.studio.waitForOutput(server, printed);
		expect(output.join("\n")).toContain("auxvyn_…");
		expect(output.join("\n")).not.toMatch(/auxvyn_[0-9a-f]/);
		await loop.studio.allow("http-status");
	}
});
