import { expect, test } from "vitest";

import type { Fault, FaultOptions } from "../studio/studio-types.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

async function connected(): Promise<Loop & { first: string }> {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	return { ...loop, first: (await loop.keyInPlace()) ?? "" };
}

/** The place is unchanged, the old key works, and no other key is active. */
async function expectUntouched(loop: Loop & { first: string }, before: unknown): Promise<void> {
	await expect.poll(() => loop.activeKeys()).toHaveLength(1);
	expect(await loop.studio.place()).toEqual(before);
	expect((await loop.server.whoami(loop.first)).statusCode).toBe(200);
	expect(await loop.studio.history()).toMatchObject({ unrecorded: 0, recording: false });
}

const IN_HAND = "Nothing was written. The approval remains valid: you need no new code.";

const WRITE_FAULTS: [Fault, FaultOptions, string][] = [
	["scripts", {}, "Studio blocked the change"],
	["update-source", { how: "error" }, "Studio refused the change"],
	["update-source", { how: "ignored" }, "The change was not kept"],
];

test.each(WRITE_FAULTS)(
	"a change that Studio refuses (%s %o) is rolled back, and Retry needs no second approval",
	async (what, how, title) => {
		const loop = await connected();
		const before = await loop.studio.place();
		await loop.studio.refuse(what, how);
		await loop.studio.click("Reconnect");
		await loop.approve({ label: "Second" });
		const held = await loop.studio.waitFor(title);
		expect(held.state).toBe("held");
		expect(held.texts).toContain(IN_HAND);
		expect(await loop.studio.place()).toEqual(before);

		await loop.studio.allow(what);
		await loop.studio.click("Retry");
		await loop.verified("Second");
		expect(await loop.activeKeys()).toHaveLength(2);
		expect((await loop.server.whoami(await loop.keyInPlace())).statusCode).toBe(200);
	},
);

test("a key in hand is revoked on Cancel, and when the time to use it is over", async () => {
	const loop = await connected();
	const before = await loop.studio.place();
	await loop.studio.refuse("update-source", { how: "error" });
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second" });
	await loop.studio.waitFor("Studio refused the change");
	await loop.studio.click("Cancel");
	await expectUntouched(loop, before);

	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Third" });
	await loop.studio.waitFor("Studio refused the change");
	await loop.advance(601);
	const expired = await loop.studio.waitFor("The code has expired");
	expect(expired.texts).toContain("Nothing was written. The key in the place still works.");
	await expect.poll(() => loop.server.logs.join("").split("/oauth/revoke")).toHaveLength(3);
	expect(await loop.studio.place()).toEqual(before);
});

test("Studio asks about scripts before the code is approved, and the approval survives a refusal", async () => {
	const loop = await openLoop({ facts: "published" });
	const before = await loop.studio.place();
	await loop.studio.refuse("scripts");
	await loop.studio.click("Connect");
	const waiting = await loop.studio.waitFor("Studio asks about scripts");
	expect(waiting.texts.join(" ")).toMatch(/Approve in your browser.*Choose Allow/);
	await loop.approve();
	expect((await loop.studio.waitFor("Studio blocked the change")).texts).toContain(IN_HAND);
	expect(await loop.studio.place()).toEqual(before);
	await loop.studio.allow("scripts");
	await loop.studio.click("Retry");
	await loop.verified("Production");
	expect(await loop.activeKeys()).toHaveLength(1);
});

test("an editor that never responds times out, and its late callback changes nothing", async () => {
	const loop = await connected();
	const before = await loop.studio.place();
	await loop.studio.refuse("update-source", { how: "never", times: 1 });
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second" });
	await loop.studio.waitFor("Writing the Script…");
	await loop.advance(25);
	await loop.studio.waitFor("Studio did not finish the change");
	expect(await loop.studio.place()).toEqual(before);
	await loop.studio.click("Cancel");
	await expectUntouched(loop, before);
});

test("an editor that calls back twice gets the same change", async () => {
	const loop = await connected();
	await loop.studio.refuse("update-source", { how: "again", times: 1 });
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second" });
	await loop.verified("Second");
	expect(await loop.keyInPlace()).not.toBe(loop.first);
});

test("after a lost whoami response the new key stays, unconfirmed, and whoami is retried", async () => {
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

/** Reconnects, and revokes the new key right before it is verified. */
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

test("if the server refuses the new key, the old one is restored if it still works", async () => {
	const loop = await connected();
	const before = await loop.managedScript();
	await refuseNewKey(loop);
	const widget = await loop.studio.waitFor("The new key was refused");
	expect(widget.texts).toContain("The previous key is back in the place, and the server accepts it.");
	expect(await loop.managedScript()).toEqual(before);
});

test("if the server refuses both keys, the new one stays, and Retry works", async () => {
	const loop = await connected();
	const [id] = await loop.activeKeys();
	await loop.person.request("DELETE", `/api/workspaces/${loop.person.workspaceId}/keys/${id}`);
	await refuseNewKey(loop);
	const widget = await loop.studio.waitFor("The new key was refused");
	expect(widget.texts.join(" ")).toContain("The new key is in the place but does not work");
	await loop.studio.click("Retry");
	await loop.approve({ label: "Third" });
	await loop.verified("Third");
});

test("a new key that was undone before it was verified is no longer verified", async () => {
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
	const widget = await loop.verified("Production");
	expect(widget.texts).toContain("Connected");
	expect(await loop.keyInPlace()).toBe(loop.first);
	expect((await loop.server.whoami(loop.first)).statusCode).toBe(200);
});

test("while the Script is being written, there is no Cancel", async () => {
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
	expect(await loop.studio.widget()).toMatchObject({ state: "installing", buttons: [] });
	await loop.advance(25);
	await loop.studio.waitFor("Studio did not finish the change");
	await loop.studio.click("Cancel");
	await expectUntouched(loop, await loop.studio.place());
});
