import { expect, test } from "vitest";

import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

test("a widget that Studio calls closed although it is visible is up to date from the first click into it", async () => {
	const loop = await openLoop({ facts: "published", widgetOpen: false });
	await loop.studio.refuse("enabled");
	await loop.connect();
	const [id] = await loop.activeKeys();
	await loop.person.request("DELETE", `/api/workspaces/${loop.person.workspaceId}/keys/${id}`);
	await loop.advance(10);
	expect((await loop.studio.waitFor("This key was revoked")).texts).not.toContain("Connected");

	await loop.studio.reload();
	await loop.advance(30);
	expect((await loop.studio.widget()).texts).toContain("Checking the key…");
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second" });
	await loop.verified("Second");
	expect(await loop.activeKeys()).toHaveLength(1);
});

/** Closes the widget and opens it again: it must go on where it was. */
async function closeAndOpen(loop: Loop): Promise<void> {
	const before = await loop.studio.widget();
	await loop.studio.click("Auxvyn");
	expect((await loop.studio.widget()).open).toBe(false);
	await loop.studio.click("Auxvyn");
	const after = await loop.studio.widget();
	expect([after.state, after.texts[0], after.boxes]).toEqual([before.state, before.texts[0], before.boxes]);
}

const SLOW = { seconds: 4, times: 1 };

test("a reconnect goes on while the widget is closed and opened at every step, with one code and one key", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	await loop.studio.refuse("http-slow", { ...SLOW, match: "/oauth/device_authorization" });
	await loop.studio.click("Reconnect");
	await loop.studio.waitFor("Requesting a code");
	await closeAndOpen(loop);
	await loop.advance(4);
	await loop.userCode();
	await closeAndOpen(loop);
	await loop.studio.refuse("http-slow", { ...SLOW, match: "/v1/whoami" });
	await loop.studio.refuse("recording");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.studio.waitFor("Writing the Script…");
	await closeAndOpen(loop);
	await loop.advance(4);
	await loop.studio.waitFor("Stop the playtest first");
	await closeAndOpen(loop);
	await loop.studio.refuse("update-source", { ...SLOW, how: "late" });
	await loop.studio.refuse("http-slow", { ...SLOW, match: "v1/whoami" });
	await loop.studio.allow("recording");
	await loop.advance(1);
	await loop.studio.waitFor("Writing the Script…");
	await closeAndOpen(loop);
	await loop.advance(4.5);
	await loop.studio.waitFor("Verifying the key…");
	await closeAndOpen(loop);
	await loop.advance(4);
	await loop.verified("Second");
	expect(await loop.requestsTo("/oauth/device_authorization")).toBe(2);
	expect(await loop.activeKeys()).toHaveLength(1);
	expect((await loop.server.whoami(await loop.keyInPlace())).statusCode).toBe(200);
});

test("what was approved while the widget was closed is in the place when it is opened", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.click("Connect");
	const code = await loop.userCode();
	await loop.studio.click("Auxvyn");
	await loop.person.request("POST", `/api/pairings/${code}/approve`, {
		workspaceId: loop.person.workspaceId,
		label: "Production",
	});
	await loop.advance(2);
	await expect.poll(() => loop.keyInPlace()).toBeDefined();
	await loop.studio.click("Auxvyn");
	await loop.studio.waitFor("Connected");
});
