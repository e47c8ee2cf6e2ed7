import { expect, test } from "vitest";

import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

const PUBLIC = "https://keys.example.com";
const NO_SIGNAL_SECONDS = 10;

async function connected(): Promise<Loop> {
	const loop = await openLoop({ facts: "published", publicName: PUBLIC });
	await loop.connect();
	return loop;
}

test("within ten seconds the widget shows a revocation, and within twenty the first game server", async () => {
	const loop = await connected();
	expect((await loop.studio.widget()).texts.join(" ")).toContain("no game server yet");
	await loop.studio.run('game:GetService("HttpService").HttpEnabled = true');
	const { server } = await loop.studio.publish();
	await loop.studio.waitForOutput(server, "Connected");
	await loop.advance(10);
	await loop.advance(10);
	await loop.studio.waitFor("game server just now");

	const [id] = await loop.activeKeys();
	await loop.person.request("DELETE", `/api/workspaces/${loop.person.workspaceId}/keys/${id}`);
	await loop.advance(10);
	const { texts } = await loop.studio.waitFor("This key was revoked");
	expect(texts).not.toContain("Connected");
});

test("the time since the last game server grows, also while nothing else changes", async () => {
	const loop = await connected();
	await loop.studio.run('game:GetService("HttpService").HttpEnabled = true');
	const { server } = await loop.studio.publish();
	await loop.studio.waitForOutput(server, "Connected");
	await loop.studio.crash(server);
	await loop.server.app.usage.flush();
	await loop.advance(20);
	await loop.studio.waitFor("game server just now");
	await loop.advance(300);
	await loop.studio.waitFor("game server 5 minutes ago");
});

test("HTTP switched off for the game is shown", async () => {
	const loop = await connected();
	await loop.studio.run('game:GetService("HttpService").HttpEnabled = true');
	await loop.advance(NO_SIGNAL_SECONDS);
	await expect.poll(async () => (await loop.studio.widget()).texts.join(" ")).not.toContain("Allow HTTP Requests");
	await loop.studio.run('game:GetService("HttpService").HttpEnabled = false');
	await loop.advance(NO_SIGNAL_SECONDS);
	await loop.studio.waitFor("Allow HTTP Requests");
});

test("a server that cannot be asked is not called connected, and nothing is asked while the widget is hidden", async () => {
	const loop = await connected();
	await loop.studio.refuse("http-connect");
	await loop.advance(10);
	expect((await loop.studio.waitFor("Server not reachable")).texts).not.toContain("Connected");
	await loop.studio.allow("http-connect");
	await loop.studio.click("Auxvyn");
	const before = (await loop.studio.requests()).length;
	await loop.advance(120);
	expect((await loop.studio.requests()).length).toBe(before);
	await loop.studio.click("Auxvyn");
	await loop.studio.waitFor("Connected");
});
