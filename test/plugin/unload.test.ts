import { expect, test } from "vitest";

import { sweepPairings } from "../../server/pairing/sweep.store.ts";
import { type Loop, OLDER_FORM, useLoops } from "./helper.ts";

const openLoop = useLoops();

type Moment = [when: string, how: string, match?: string, nth?: number];

/** The plugin is unloaded at the nth request to `match`, or when a source is changed. */
const MOMENTS: Moment[] = [
	["asks for a code", "request", "/oauth/device_authorization"],
	["gets a code", "answer", "/oauth/device_authorization"],
	["hears that nobody has approved yet", "answer", "/oauth/token"],
	["asks for the key", "request", "/oauth/token", 2],
	["gets the key", "answer", "/oauth/token", 2],
	["asks about the old key", "request", "/v1/whoami"],
	["hears about the old key", "answer", "/v1/whoami"],
	["asks about the new key", "request", "/v1/whoami", 2],
	["hears about the new key", "answer", "/v1/whoami", 2],
	["is to be asked for the new source", "callback"],
	["has given the new source", "write"],
	["has written the new source", "written"],
];

/** What is unloaded has neither a widget nor a button. */
async function expectUnloaded({ studio }: Loop): Promise<void> {
	await expect.poll(async () => (await studio.widget()).title).toBe("");
}

/** The active keys once the server has revoked those that nobody has used in time. */
async function keysInTheEnd(loop: Loop): Promise<string[]> {
	await loop.studio.click("Auxvyn");
	await loop.advance(601);
	while (await loop.server.app.storage.write(sweepPairings, undefined));
	return loop.activeKeys();
}

const DROPPED = "has given the new source, which Studio drops,";

test.each([...MOMENTS, [DROPPED, "write"] as Moment])(
	"a plugin that is unloaded when it %s leaves one working key in the place",
	async (when, how, match, nth = 1) => {
		const loop = await openLoop({ facts: "published" });
		await loop.connect();
		const first = await loop.keyInPlace();
		const unload = { how, nth, ...(match !== undefined && { match }) };
		if (when === DROPPED) await loop.studio.refuse("update-source", { how: "abandoned", seconds: 1 });
		if (match !== "/v1/whoami") await loop.studio.refuse("unload", unload);
		await loop.studio.click("Reconnect");
		if (match !== "/oauth/device_authorization") {
			const code = await loop.userCode();
			// The first poll comes before the approval.
			if (match === "/oauth/token") await loop.advance(2);
			if (match === "/v1/whoami") await loop.studio.refuse("unload", unload);
			const body = { workspaceId: loop.person.workspaceId, label: "Second", previousKey: "revoke" };
			await loop.person.request("POST", `/api/pairings/${code}/approve`, body);
		}
		await loop.advance(30);
		await expectUnloaded(loop);
		await loop.studio.allow("update-source");
		await loop.studio.reload();
		const widget = await loop.studio.settle();
		expect(widget.state).toBe("connected");
		expect(widget.texts).toContain("Connected");
		const key = await loop.keyInPlace();
		expect((await loop.server.whoami(key)).statusCode).toBe(200);
		expect((await loop.server.whoami(first)).statusCode).toBe(key === first ? 200 : 401);
		expect(await loop.studio.history()).toMatchObject({ recording: false });
		expect(await keysInTheEnd(loop)).toHaveLength(1);
	},
);

test.each(["callback", "write", "written"])(
	"a plugin unloaded in the middle of an Update (%s) keeps the key",
	async (how) => {
		const loop = await openLoop({ facts: "published" });
		await loop.connect();
		const first = await loop.keyInPlace();
		await loop.studio.run(OLDER_FORM);
		await loop.studio.waitFor("Update");
		await loop.studio.refuse("unload", { how, times: 1 });
		await loop.studio.click("Update");
		await loop.advance(2);
		await expectUnloaded(loop);
		expect((await loop.studio.history()).recording).toBe(false);
		await loop.studio.reload();
		const { texts } = await loop.studio.waitFor("Connected");
		expect(texts.join(" ")).not.toContain("is missing");
		expect(await loop.keyInPlace()).toBe(first);
	},
);

test("a draft that is committed while the plugin is unloaded is confirmed by the next one", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const first = await loop.keyInPlace();
	await loop.studio.refuse("drafts");
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.studio.waitFor("Commit the draft, then publish");
	await loop.studio.unload();
	await expectUnloaded(loop);
	await loop.studio.allow("drafts");
	await loop.studio.commitDrafts();
	expect(await loop.keyInPlace()).not.toBe(first);
	await loop.studio.reload();
	await loop.verified("Second");
	expect(await keysInTheEnd(loop)).toHaveLength(1);
});

test("a key in hand is revoked when the plugin is unloaded", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.refuse("recording");
	await loop.studio.click("Connect");
	await loop.approve();
	await loop.studio.waitFor("Stop the playtest first");
	await loop.studio.unload();
	await expect.poll(() => loop.activeKeys()).toEqual([]);
});
