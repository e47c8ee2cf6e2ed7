import { expect, test } from "vitest";

import type { Refusal, RefusalOptions } from "../studio/studio-types.ts";
import { useLoops } from "./helper.ts";

const openLoop = useLoops();

const TROUBLES: [string, Refusal, RefusalOptions, string][] = [
	["unreachable", "http-connect", {}, "Server not reachable"],
	["slow to the point of a timeout", "http-timeout", { seconds: 0.1 }, "No answer in time"],
	["answering with nonsense", "http-nonsense", {}, "Not an Auxvyn answer"],
	["answering 500", "http-status", { status: 500 }, "The server has a problem"],
	["answering 503", "http-status", { status: 503 }, "The server is busy"],
	["blocked by Studio", "http", {}, "Studio blocked the request"],
	["out of Studio's budget", "http-limit", {}, "Too many requests"],
];

test.each(TROUBLES)(
	"a server that is %s is named in words before a code was asked for, and Retry goes on",
	async (_, what, how, words) => {
		const loop = await openLoop({ facts: "published" });
		const before = await loop.studio.place();
		await loop.studio.refuse(what, how);
		await loop.studio.click("Connect");
		const failed = await loop.studio.waitFor(words);
		expect(failed.state).toBe("failed");
		expect(failed.texts).toContain("Nothing was written.");
		expect(await loop.studio.place()).toEqual(before);
		await loop.studio.allow(what);
		await loop.studio.click("Retry");
		await loop.approve();
		await loop.proven("Production");
	},
);

test.each(TROUBLES)(
	"a server that is %s while waiting is asked again with the same code",
	async (_, what, how, words) => {
		const loop = await openLoop({ facts: "published" });
		await loop.studio.click("Connect");
		const code = await loop.userCode();
		await loop.studio.refuse(what, how);
		await loop.advance(2);
		const waiting = await loop.studio.waitFor(words);
		expect(waiting.state).toBe("waiting");
		expect(waiting.buttons.map((button) => button.name)).toEqual(["Retry", "Cancel"]);
		await loop.studio.allow(what);
		expect(await loop.userCode()).toBe(code);
		await loop.approve();
		await loop.proven("Production");
		expect(await loop.activeKeys()).toHaveLength(1);
	},
);

test("an answer that stays out is told as slow, and Retry asks again without waiting for it", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.refuse("http-slow", { seconds: 300, times: 1 });
	await loop.studio.click("Connect");
	await loop.studio.waitFor("Asking for a code");
	await loop.advance(6);
	expect((await loop.studio.waitFor("No answer yet")).buttons.map((button) => button.name)).toEqual([
		"Retry",
		"Cancel",
	]);
	await loop.studio.click("Retry");
	await loop.approve();
	await loop.proven("Production");
});

test("a server that no longer speaks this plugin's protocol says so in its own words", async () => {
	const loop = await openLoop({ facts: "published" });
	const body = JSON.stringify({ error: "protocol_unsupported", error_description: "Get plugin 2 from the dashboard." });
	await loop.studio.refuse("http-status", { status: 400, body });
	await loop.studio.click("Connect");
	const widget = await loop.studio.waitFor("This plugin is out of date");
	expect(widget.texts).toContain("Get plugin 2 from the dashboard.");
});

test("an answer with a key that is not well-formed, or not one at all, is never written", async () => {
	const loop = await openLoop({ facts: "published" });
	const before = await loop.studio.place();
	await loop.studio.click("Connect");
	await loop.userCode();
	const body = JSON.stringify({
		access_token: `auxvyn_${"0".repeat(60)}`,
		token_type: "Bearer",
		key: { id: "key_1", label: "Evil" },
		workspace: { id: "ws_1", name: "Evil" },
		approved_by: "Evil",
		confirm_by: "2030-01-01T00:00:00.000Z",
	});
	await loop.studio.refuse("http-status", { status: 200, body, match: "/oauth/token" });
	await loop.advance(2);
	await loop.studio.waitFor("Not an Auxvyn answer");
	expect(await loop.studio.place()).toEqual(before);
});

test("a request that waits for Studio's permission prompt says what to look for, and goes on once allowed", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.refuse("http", { how: "ask" });
	await loop.studio.click("Connect");
	await loop.studio.waitFor("Asking for a code");
	await loop.advance(6);
	expect((await loop.studio.waitFor("No answer yet")).texts.join(" ")).toContain("choose Allow");
	await loop.studio.allow("http");
	await loop.approve();
	await loop.proven("Production");
});

test("where Roblox does not say the place's name, the file's name is reported", async () => {
	const loop = await openLoop({ facts: "published", factOverrides: { name: "Moonlit \u202eShop\u0007" } });
	await loop.studio.refuse("product-info");
	await loop.studio.click("Connect");
	await loop.advance(3);
	const answer = await loop.person.request("GET", `/api/pairings/${await loop.userCode()}`, undefined, {
		"sec-fetch-site": "same-origin",
	});
	expect(answer.json()).toMatchObject({ reported: { placeName: "Moonlit Shop" } });
});

test("closing the place ends the pairing's polls", async () => {
	const loop = await openLoop({ facts: "published" });
	let polls = 0;
	loop.server.app.server.on("request", ({ url }: { url?: string }) => {
		if (url?.endsWith("/oauth/token") === true) polls += 1;
	});
	await loop.studio.click("Connect");
	await loop.userCode();
	await loop.advance(2);
	await expect.poll(() => polls).toBe(1);
	await loop.studio.open(undefined, { facts: "published" });
	for (let round = 0; round < 5; round++) await loop.advance(2);
	expect(polls).toBe(1);
});
