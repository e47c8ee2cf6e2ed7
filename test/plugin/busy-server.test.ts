import { expect, test } from "vitest";

import type { FaultOptions } from "../studio/studio-types.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

const WHOAMI = "/v1/whoami";
const BUSY = { status: 429, headers: { "Retry-After": "40" } };
const BUSY_TEXT = /asks you to wait \d+ s/;

async function connected(): Promise<Loop> {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	return loop;
}

/** Nothing is asked of the path for the 40 seconds that the server has asked for, but after them. */
async function expectPause(loop: Loop, path: string): Promise<void> {
	const asked = await loop.requestsTo(path);
	await loop.advance(38);
	expect(await loop.requestsTo(path)).toBe(asked);
	await loop.advance(4);
	expect(await loop.requestsTo(path)).toBeGreaterThan(asked);
}

test("a busy server is not asked for a code again until a person does", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.refuse("http-status", { ...BUSY, times: 1 });
	await loop.studio.click("Connect");
	expect((await loop.studio.waitFor("The server is busy")).texts.join(" ")).toMatch(BUSY_TEXT);
	await loop.advance(120);
	expect(await loop.requestsTo("/oauth/device_authorization")).toBe(1);
	await loop.studio.click("Retry");
	await loop.approve();
	await loop.verified("Production");
});

test("Retry-After is honoured while polling", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.click("Connect");
	const code = await loop.userCode();
	await loop.studio.refuse("http-status", { ...BUSY, match: "/oauth/token", times: 1 });
	await loop.advance(2);
	expect((await loop.studio.waitFor("The server is busy")).texts.join(" ")).toMatch(BUSY_TEXT);
	await expectPause(loop, "/oauth/token");
	expect(await loop.userCode()).toBe(code);
	await loop.approve();
	await loop.advance(7);
	await loop.verified("Production");
});

test("each slow_down makes all further polls five seconds rarer", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.click("Connect");
	await loop.userCode();
	const body = JSON.stringify({ error: "slow_down" });
	await loop.studio.refuse("http-status", { status: 400, body, match: "/oauth/token", times: 1 });
	await loop.advance(2);
	await loop.advance(6);
	expect(await loop.requestsTo("/oauth/token")).toBe(1);
	for (let round = 0; round < 21; round++) await loop.advance(2);
	// Every seven seconds, instead of every two.
	expect(await loop.requestsTo("/oauth/token")).toBeGreaterThan(4);
	expect(await loop.requestsTo("/oauth/token")).toBeLessThan(10);
	await loop.person.request("POST", `/api/pairings/${await loop.userCode()}/approve`, {
		workspaceId: loop.person.workspaceId,
		label: "Production",
	});
	await loop.advance(7);
	await loop.verified("Production");
});

const REJECTED: FaultOptions = { status: 401, body: '{"code":"revoked_key"}', match: "v1/whoami", nth: 2 };
const STEPS: [step: string, nth: number, before?: FaultOptions][] = [
	["the old key is checked", 1],
	["the new key is confirmed", 2],
	["the old key is checked, since the new one was refused,", 2, REJECTED],
];

test.each(STEPS)("Retry-After is honoured when %s and the new key is confirmed after it", async (_, nth, before) => {
	const loop = await connected();
	await loop.studio.click("Reconnect");
	await loop.userCode();
	if (before !== undefined) await loop.studio.refuse("http-status", before);
	await loop.studio.refuse("http-status", { ...BUSY, match: WHOAMI, nth });
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.studio.waitFor("Installed, not confirmed");
	await expectPause(loop, WHOAMI);
	await loop.verified("Second");
	expect(await loop.activeKeys()).toHaveLength(1);
});

test("Retry-After is honoured by the check of the key in the place, and by revocations", async () => {
	const loop = await connected();
	await loop.studio.refuse("http-status", { ...BUSY, match: WHOAMI, times: 1 });
	await loop.advance(5);
	expect((await loop.studio.waitFor("The server is busy")).texts).not.toContain("Connected");
	await expectPause(loop, WHOAMI);
	await loop.studio.waitFor("Connected");

	await loop.studio.refuse("recording");
	await loop.studio.refuse("http-status", { ...BUSY, match: "/oauth/revoke", times: 1 });
	await loop.studio.click("Reconnect");
	await loop.approve();
	await loop.studio.waitFor("Stop the playtest first");
	await loop.studio.click("Cancel");
	await loop.studio.waitFor("Connected");
	await expectPause(loop, "/oauth/revoke");
	await expect.poll(() => loop.activeKeys()).toHaveLength(1);
});
