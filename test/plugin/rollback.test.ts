import { expect, test } from "vitest";

import type { Refusal, RefusalOptions } from "../studio/studio-types.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

async function connected(): Promise<Loop & { first: string }> {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	return { ...loop, first: (await loop.keyInPlace()) ?? "" };
}

/** The place is as it was, the old key works, and no other key is active. */
async function expectUntouched(loop: Loop & { first: string }, before: unknown): Promise<void> {
	await expect.poll(() => loop.activeKeys()).toHaveLength(1);
	expect(await loop.studio.place()).toEqual(before);
	expect((await loop.server.whoami(loop.first)).statusCode).toBe(200);
	expect(await loop.studio.history()).toMatchObject({ unrecorded: 0, recording: false });
}

const WRITE_FAULTS: [Refusal, RefusalOptions, string][] = [
	["scripts", {}, "Studio asks for permission"],
	["update-source", { how: "error" }, "Studio refused the change"],
	["update-source", { how: "ignored" }, "The place has changed"],
	["drafts", {}, "The change stayed a draft"],
];

test.each(WRITE_FAULTS)(
	"a change that fails (%s %o) is undone and its key revoked; Retry mends it",
	async (what, how, words) => {
		const loop = await connected();
		const before = await loop.studio.place();
		await loop.studio.refuse(what, { ...how, times: 1 });
		await loop.studio.click("Reconnect");
		await loop.approve({ label: "Second" });
		const failed = await loop.studio.waitFor(words);
		expect(failed.state).toBe("failed");
		expect(failed.texts).toContain("Nothing was written. The key that is in the place goes on working.");
		await expectUntouched(loop, before);

		await loop.studio.allow(what);
		await loop.studio.click("Retry");
		await loop.approve({ label: "Third" });
		await loop.proven("Third");
	},
);

test("a second refusal of script injection says where it is allowed", async () => {
	const loop = await openLoop({ facts: "published" });
	const before = await loop.studio.place();
	await loop.studio.refuse("scripts");
	for (const words of ["Studio asks for permission", "Studio blocked the change"]) {
		await loop.studio.click(words === "Studio asks for permission" ? "Connect" : "Retry");
		await loop.approve();
		expect((await loop.studio.waitFor(words)).texts).toContain("Nothing was written.");
	}
	expect(await loop.studio.place()).toEqual(before);
	await expect.poll(() => loop.activeKeys()).toEqual([]);
});

test("an editor that never answers is given up, and what it does later changes nothing", async () => {
	const loop = await connected();
	const before = await loop.studio.place();
	await loop.studio.refuse("update-source", { how: "never", times: 1 });
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second" });
	await loop.studio.waitFor("Writing the Script…");
	await loop.advance(25);
	await loop.studio.waitFor("Studio did not finish the change");
	await expectUntouched(loop, before);
});

test("an editor that asks again for the same change gets the same change", async () => {
	const loop = await connected();
	await loop.studio.refuse("update-source", { how: "again", times: 1 });
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second" });
	await loop.proven("Second");
	expect(await loop.keyInPlace()).not.toBe(loop.first);
});

test.each(["cancel-source", "undo-source"] as const)(
	"where Studio's %s leaves source alone, the place is restored all the same",
	async (fault) => {
		const loop = await connected();
		const before = await loop.studio.place();
		await loop.studio.refuse(fault);
		await loop.studio.refuse("drafts");
		await loop.studio.click("Reconnect");
		await loop.approve({ label: "Second" });
		await loop.studio.waitFor("The change stayed a draft");
		await expectUntouched(loop, before);
	},
);

test("a new Script that stays empty, as under Drafts, is taken out again and its key revoked", async () => {
	const loop = await openLoop({ facts: "published" });
	const before = await loop.studio.place();
	await loop.studio.refuse("new-source");
	await loop.studio.click("Connect");
	await loop.approve();
	await loop.studio.waitFor("The change stayed a draft");
	expect(await loop.studio.place()).toEqual(before);
	await expect.poll(() => loop.activeKeys()).toEqual([]);
});

test("a lost whoami answer leaves the new key in place, says so, and is asked again", async () => {
	const loop = await connected();
	await loop.studio.click("Reconnect");
	await loop.userCode();
	await loop.studio.refuse("recording");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.studio.waitFor("Approved by Moonlit for Moonlit's workspace.");
	await loop.studio.refuse("http-timeout", { match: "/v1/whoami", seconds: 1 });
	await loop.studio.allow("recording");
	await loop.advance(3);
	const widget = await loop.studio.waitFor("Installed, not confirmed");
	expect(widget.state).toBe("unconfirmed");
	const second = await loop.keyInPlace();
	expect(second).not.toBe(loop.first);
	await loop.studio.allow("http-timeout");
	await loop.advance(5);
	await loop.studio.waitFor("Connected");
	expect(await loop.keyInPlace()).toBe(second);
	expect((await loop.server.whoami(second)).statusCode).toBe(200);
	expect((await loop.server.whoami(loop.first)).statusCode).toBe(401);
});

/** Reconnects up to the point where the new key is about to be proven, and refuses it there. */
async function refuseNewKey(loop: Loop): Promise<void> {
	await loop.studio.click("Reconnect");
	await loop.userCode();
	await loop.studio.refuse("recording");
	await loop.approve({ label: "Second" });
	await loop.studio.waitFor("Approved by Moonlit for Moonlit's workspace.");
	const newest = (await loop.person.request("GET", `/api/workspaces/${loop.person.workspaceId}/keys`)).json<{
		keys: { id: string }[];
	}>().keys[0];
	await loop.person.request("DELETE", `/api/workspaces/${loop.person.workspaceId}/keys/${newest?.id}`);
	await loop.studio.allow("recording");
	await loop.advance(2);
}

test("a new key that the server definitely refuses gives way to the old one, if that still works", async () => {
	const loop = await connected();
	const before = await loop.managedScript();
	await refuseNewKey(loop);
	const widget = await loop.studio.waitFor("The new key was refused");
	expect(widget.texts).toContain("The key from before is in the place again, and the server takes it.");
	expect(await loop.managedScript()).toEqual(before);
});

test("a new key that the server refuses stays where the old one is refused too, and Retry mends it", async () => {
	const loop = await connected();
	const [id] = await loop.activeKeys();
	await loop.person.request("DELETE", `/api/workspaces/${loop.person.workspaceId}/keys/${id}`);
	await refuseNewKey(loop);
	const widget = await loop.studio.waitFor("The new key was refused");
	expect(widget.texts.join(" ")).toContain("The new key is in the place, but does not work");
	await loop.studio.click("Retry");
	await loop.approve({ label: "Third" });
	await loop.proven("Third");
});

test("a new key that was undone before it was proven is not proven any more", async () => {
	const loop = await connected();
	await loop.studio.click("Reconnect");
	await loop.userCode();
	await loop.studio.refuse("recording");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.studio.waitFor("Approved by Moonlit for Moonlit's workspace.");
	await loop.studio.refuse("http-connect", { match: "/v1/whoami" });
	await loop.studio.allow("recording");
	await loop.advance(2);
	await loop.studio.waitFor("Installed, not confirmed");
	await loop.studio.undo();
	await loop.studio.allow("http-connect");
	await loop.advance(5);
	const widget = await loop.proven("Production");
	expect(widget.texts).toContain("Connected");
	expect(await loop.keyInPlace()).toBe(loop.first);
	expect((await loop.server.whoami(loop.first)).statusCode).toBe(200);
});

test("once the Script is being written, nothing else begins until that is decided", async () => {
	const loop = await connected();
	await loop.studio.click("Reconnect");
	await loop.userCode();
	await loop.studio.refuse("recording");
	await loop.approve({ label: "Second" });
	await loop.studio.waitFor("Approved by Moonlit for Moonlit's workspace.");
	await loop.studio.refuse("update-source", { how: "never", times: 1 });
	await loop.studio.allow("recording");
	await loop.advance(2);
	await expect.poll(async () => (await loop.studio.history()).recording).toBe(true);
	await loop.studio.click("Cancel");
	expect((await loop.studio.widget()).state).toBe("playtest");
	await loop.advance(25);
	await loop.studio.waitFor("Studio did not finish the change");
	await expectUntouched(loop, await loop.studio.place());
});
