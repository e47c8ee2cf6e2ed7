import { expect, test } from "vitest";

import { useLoops } from "./helper.ts";

const openLoop = useLoops();

const MOMENTS = [
	["request", "/oauth/device_authorization"],
	["answer", "/oauth/token"],
	["request", "/v1/whoami"],
	["answer", "/v1/whoami"],
	["callback", undefined],
	["write", undefined],
	["written", undefined],
] as const;

test.each(MOMENTS)(
	"a plugin unloaded in the middle of a reconnect (%s %s) leaves one working key in the place",
	async (how, match) => {
		const loop = await openLoop({ facts: "published" });
		await loop.connect();
		const first = await loop.keyInPlace();
		if (match !== "/v1/whoami") await loop.studio.refuse("unload", { how, times: 1, ...(match && { match }) });
		await loop.studio.click("Reconnect");
		if (match !== "/oauth/device_authorization") {
			await loop.userCode();
			if (match === "/v1/whoami") await loop.studio.refuse("unload", { how, times: 1, match });
			await loop.approve({ label: "Second", previousKey: "revoke" });
		}
		await loop.advance(30);
		await loop.studio.allow("unload");
		await loop.studio.reload();
		const widget = await loop.studio.settle();
		expect(widget.state).toBe("connected");
		expect(widget.texts).toContain("Connected");
		const key = await loop.keyInPlace();
		expect((await loop.server.whoami(key)).statusCode).toBe(200);
		expect((await loop.server.whoami(first)).statusCode).toBe(key === first ? 200 : 401);
		expect(await loop.studio.history()).toMatchObject({ recording: false });
	},
);

test("a key in hand is revoked when the plugin is unloaded", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.refuse("recording");
	await loop.studio.click("Connect");
	await loop.approve();
	await loop.studio.waitFor("Stop the playtest first");
	await loop.studio.unload();
	await expect.poll(() => loop.activeKeys()).toEqual([]);
});
