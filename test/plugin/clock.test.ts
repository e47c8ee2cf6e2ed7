import { expect, test } from "vitest";

import { useLoops } from "./helper.ts";

const openLoop = useLoops();

const HOUR = 3600;

test.each([
	["an hour ahead of", HOUR],
	["an hour behind", -HOUR],
])("a server whose clock is %s Studio's is polled steadily, and its code lives for ten minutes", async (_, ahead) => {
	const loop = await openLoop({ facts: "published", serverAheadSeconds: ahead });
	await loop.studio.click("Connect");
	const code = await loop.userCode();
	expect((await loop.studio.widget()).texts.join(" ")).toMatch(/(10:00|9:5\d) left/);
	for (let poll = 0; poll < 10; poll++) await loop.advance(2);
	const polls = await loop.requestsTo("/oauth/token");
	expect(polls).toBeGreaterThanOrEqual(9);
	expect(polls).toBeLessThan(20);
	expect(await loop.userCode()).toBe(code);
	await loop.approve();
	const widget = await loop.verified("Production");
	expect(widget.texts).toContain("Connected");
	expect(await loop.activeKeys()).toHaveLength(1);

	await loop.studio.refuse("recording");
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	const held = await loop.studio.waitFor("Stop the playtest first");
	expect(held.texts.join(" ")).toMatch(/(10:00|9:\d\d) left/);
	await loop.studio.allow("recording");
	await loop.advance(2);
	await loop.verified("Second");
	expect((await loop.server.whoami(await loop.keyInPlace())).statusCode).toBe(200);
});
