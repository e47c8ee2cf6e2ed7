import { expect, test } from "vitest";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

const STRAY = generateKey();
const STRANGE: [what: string, body: string][] = [
	["half an answer", `{"access_token":"${STRAY}","token_type":"Bearer","key":{"id":"key_1","label":"Pro`],
	["a page of HTML", "<!doctype html><title>Welcome to the Wi-Fi</title>"],
	["an answer of another shape", `{"access_token":["${STRAY}"],"key":"key_1","workspace":[],"error":{},"code":7}`],
];

async function connected(): Promise<Loop> {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	return loop;
}

test.each(STRANGE)("%s with status 200, at any step after the approval, is asked for again", async (_, body) => {
	const loop = await connected();
	const before = await loop.studio.place();
	await loop.studio.click("Reconnect");
	await loop.userCode();
	await loop.studio.refuse("http-status", { body, match: "/oauth/token", times: 1 });
	await loop.studio.refuse("http-status", { body, match: "/v1/whoami", times: 2 });
	await loop.approve({ label: "Second", previousKey: "revoke" });
	const waiting = await loop.studio.waitFor("Unexpected response");
	expect(waiting.state).toBe("waiting");
	expect(await loop.studio.place()).toEqual(before);

	await loop.advance(2);
	const unconfirmed = await loop.studio.waitFor("Installed, not confirmed");
	expect(unconfirmed.texts).toContain("Unexpected response");
	expect(await loop.keyInPlace()).not.toBe(STRAY);
	await loop.advance(2);
	await loop.verified("Second");
	expect(await loop.activeKeys()).toHaveLength(1);
	expect(JSON.stringify([waiting, unconfirmed, await loop.studio.studioOutput()])).not.toContain(STRAY);
});

test.each(STRANGE)("%s with status 200 to a revocation does not count as one", async (_, body) => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.refuse("recording");
	await loop.studio.click("Connect");
	await loop.approve();
	await loop.studio.waitFor("Stop the playtest first");
	await loop.studio.refuse("http-status", { body, match: "/oauth/revoke", times: 1 });
	await loop.studio.click("Cancel");
	await expect.poll(() => loop.requestsTo("/oauth/revoke")).toBe(1);
	expect(await loop.activeKeys()).toHaveLength(1);
	await loop.advance(3);
	await expect.poll(() => loop.activeKeys()).toEqual([]);
});

test("where only strange answers came about the old key, its workspace is asked about before anything is written", async () => {
	const loop = await connected();
	await loop.studio.refuse("http-nonsense", { match: "/v1/whoami" });
	await loop.advance(10);
	await loop.studio.waitFor("Unexpected response");
	const before = await loop.studio.place();
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second" });
	const { texts } = await loop.studio.waitFor("Another workspace");
	expect(texts.join(" ")).toMatch(/Could not check which workspace.*If you use Rojo/);
	expect(await loop.studio.place()).toEqual(before);
	await loop.studio.allow("http-nonsense");
	await loop.studio.click("Replace");
	await loop.verified("Second");
});

const OLDER = "This server requires protocol 1. Install the plugin that comes with it.";
const NEWER = "This server requires protocol 3. Download Auxvyn.rbxmx from the dashboard.";
const UNSUPPORTED = [
	["older", "/oauth/token", { error: "protocol_unsupported", error_description: OLDER }, OLDER],
	["newer", "/oauth/token", { error: "protocol_unsupported", error_description: NEWER }, NEWER],
	["newer", "/v1/whoami", { code: "protocol_unsupported", detail: NEWER }, NEWER],
] as const;

test.each(UNSUPPORTED)(
	"a server that turns out to have an %s protocol (%s) is told with its message, and nothing is written",
	async (_, match, body, message) => {
		const loop = await connected();
		const before = await loop.studio.place();
		await loop.studio.click("Reconnect");
		await loop.userCode();
		await loop.studio.refuse("http-status", { status: 400, body: JSON.stringify(body), match, times: 1 });
		await loop.approve({ label: "Second", previousKey: "revoke" });
		const { state, texts } = await loop.studio.waitFor("This plugin is out of date");
		expect(state).toBe("failed");
		expect(texts).toEqual(expect.arrayContaining([message, "Nothing was written. The key in the place still works."]));
		expect(await loop.studio.place()).toEqual(before);
		expect((await loop.server.whoami(await loop.keyInPlace())).statusCode).toBe(200);
	},
);
