import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import type { Fault, FaultOptions } from "../studio/studio-types.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

/** Spent by other plugins. */
const BUDGET: [Fault, FaultOptions] = ["http-budget", { count: 500 }];
const LIMIT_TEXT = "Studio limits the requests per minute of all plugins together.";

/** The widget tells of Studio's limit, and does not blame the server. */
async function expectStudiosLimit(loop: Loop): Promise<void> {
	const { texts } = await loop.studio.waitFor("Too many requests");
	expect(texts.join(" ")).toContain(LIMIT_TEXT);
	expect(texts.join(" ")).not.toMatch(/server is busy|not reachable|server has a problem|wait \d+ s/i);
}

test("a spent request budget is told as Studio's limit at every step, and each goes on by itself", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.click("Connect");
	await loop.userCode();
	await loop.studio.refuse(...BUDGET);
	await loop.advance(2);
	await expectStudiosLimit(loop);
	await loop.studio.allow("http-budget");
	await loop.studio.refuse("recording");
	await loop.approve();
	await loop.studio.waitFor("Stop the playtest first");
	await loop.studio.refuse(...BUDGET);
	await loop.studio.allow("recording");
	await loop.advance(2);
	await loop.studio.waitFor("Installed, not confirmed");
	await expectStudiosLimit(loop);
	await loop.studio.allow("http-budget");
	await loop.advance(5);
	await loop.verified("Production");

	await loop.studio.refuse(...BUDGET);
	await loop.advance(10);
	await expectStudiosLimit(loop);
	expect((await loop.studio.widget()).texts).not.toContain("Connected");
	await loop.studio.allow("http-budget");
	await loop.advance(20);
	await loop.studio.waitFor("Connected");
	expect(await loop.activeKeys()).toHaveLength(1);
});

/** A server that answers nothing until it is told to. */
async function stallingServer(): Promise<{ address: string; release: () => void; waiting: () => number }> {
	const held: ServerResponse[] = [];
	const server = createServer((_, response) => held.push(response));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	return {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		release: () => held.forEach((response) => response.end()),
		waiting: () => held.length,
	};
}

test.each(["fails", "waits"])(
	"while a playtest has three requests open, a poll that %s goes on by itself",
	async (how) => {
		const loop = await openLoop({ facts: "published" });
		const { address, release, waiting } = await stallingServer();
		await loop.studio.allow("http");
		await loop.studio.refuse("http-at-once", how === "fails" ? { how: "error" } : {});
		await loop.studio.click("Connect");
		await loop.userCode();
		await loop.studio.play();
		const request = `game:GetService("HttpService"):RequestAsync({ Url = "${address}" })`;
		await loop.studio.run(`for _ = 1, 3 do task.spawn(function() ${request} end) end`, { copy: "server" });
		await expect.poll(waiting).toBe(3);
		const polls = await loop.requestsTo("/oauth/token");
		if (how === "fails") {
			const { texts } = await loop.studio.waitFor("Too many requests at once", 10, "edit");
			expect(texts.join(" ")).toContain("Studio has too many requests open");
			expect(texts.join(" ")).not.toMatch(/server is busy|not reachable/i);
		} else await expect.poll(() => loop.requestsTo("/oauth/token"), { timeout: 5000 }).toBe(polls + 1);
		release();
		await loop.studio.stop();
		await loop.approve();
		await loop.verified("Production");
	},
);
