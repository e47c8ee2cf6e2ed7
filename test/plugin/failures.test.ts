import { expect, test } from "vitest";

import type { Fault, FaultOptions } from "../studio/studio-types.ts";
import { useLoops } from "./helper.ts";

const openLoop = useLoops();

const FAILURES: [string, Fault, FaultOptions, string][] = [
	["unreachable", "http-connect", {}, "Server not reachable"],
	["timing out", "http-timeout", { seconds: 0.1 }, "The request timed out"],
	["not an Auxvyn server", "http-nonsense", {}, "Unexpected response"],
	["responding 500", "http-status", { status: 500 }, "The server has a problem"],
	["responding 503", "http-status", { status: 503 }, "The server is busy"],
	["blocked by Studio", "http", {}, "Studio blocked the request"],
	["beyond Studio's request limit", "http-limit", {}, "Too many requests"],
];

test.each(FAILURES)(
	"requesting a code from a server that is %s fails with the reason, and Retry works",
	async (_, what, how, title) => {
		const loop = await openLoop({ facts: "published" });
		const before = await loop.studio.place();
		await loop.studio.refuse(what, how);
		await loop.studio.click("Connect");
		const failed = await loop.studio.waitFor(title);
		expect(failed.state).toBe("failed");
		expect(failed.texts).toContain("Nothing was written.");
		expect(await loop.studio.place()).toEqual(before);
		await loop.studio.allow(what);
		await loop.studio.click("Retry");
		await loop.approve();
		await loop.verified("Production");
	},
);

test.each(FAILURES)(
	"a server that is %s while polling is polled again with the same code",
	async (_, what, how, title) => {
		const loop = await openLoop({ facts: "published" });
		await loop.studio.click("Connect");
		const code = await loop.userCode();
		await loop.studio.refuse(what, how);
		await loop.advance(2);
		const waiting = await loop.studio.waitFor(title);
		expect(waiting.state).toBe("waiting");
		expect(waiting.buttons.map((button) => button.name)).toEqual(["Retry", "Cancel"]);
		await loop.studio.allow(what);
		expect(await loop.userCode()).toBe(code);
		await loop.approve();
		await loop.verified("Production");
		expect(await loop.activeKeys()).toHaveLength(1);
	},
);

test("a slow response is reported, and Retry does not wait for it", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.refuse("http-slow", { seconds: 300, times: 1 });
	await loop.studio.click("Connect");
	await loop.studio.waitFor("Requesting a code");
	await loop.advance(6);
	expect((await loop.studio.waitFor("No response yet")).buttons.map((button) => button.name)).toEqual([
		"Retry",
		"Cancel",
	]);
	await loop.studio.click("Retry");
	await loop.approve();
	await loop.verified("Production");
});

test("if the server does not support this plugin's protocol, its message is shown", async () => {
	const loop = await openLoop({ facts: "published" });
	const body = JSON.stringify({ error: "protocol_unsupported", error_description: "Get plugin 2 from the dashboard." });
	await loop.studio.refuse("http-status", { status: 400, body });
	await loop.studio.click("Connect");
	const widget = await loop.studio.waitFor("This plugin is out of date");
	expect(widget.texts).toContain("Get plugin 2 from the dashboard.");
});

test("a malformed key is never written", async () => {
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
	await loop.studio.waitFor("Unexpected response");
	expect(await loop.studio.place()).toEqual(before);
});

test("while Studio prompts for permission the widget says what to choose, and continues once allowed", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.refuse("http", { how: "ask" });
	await loop.studio.click("Connect");
	await loop.studio.waitFor("Requesting a code");
	await loop.advance(6);
	expect((await loop.studio.waitFor("No response yet")).texts.join(" ")).toContain("choose Allow");
	await loop.studio.allow("http");
	await loop.approve();
	await loop.verified("Production");
});

test("if Roblox does not return the place's name, the file name is reported", async () => {
	const loop = await openLoop({ facts: "published", factOverrides: { name: "Moonlit \u202eShop\u0007" } });
	await loop.studio.refuse("product-info");
	await loop.studio.click("Connect");
	await loop.advance(3);
	const response = await loop.person.request("GET", `/api/pairings/${await loop.userCode()}`, undefined, {
		"sec-fetch-site": "same-origin",
	});
	expect(response.json()).toMatchObject({ reported: { placeName: "Moonlit Shop" } });
});

test("closing the place stops polling", async () => {
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
