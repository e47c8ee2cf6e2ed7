import { expect, test } from "vitest";

import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

const DRAFTED = "Commit the draft, then publish";

/** A connected place in Drafts mode, with a new key in the draft of its Script. */
async function drafted(): Promise<Loop & { first: string }> {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const first = (await loop.keyInPlace()) ?? "";
	await loop.studio.refuse("drafts");
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	expect((await loop.studio.waitFor(DRAFTED)).state).toBe("drafted");
	expect(await loop.keyInPlace()).toBe(first);
	return { ...loop, first };
}

test("under Drafts the key is confirmed once its draft is committed, by the same approval", async () => {
	const { first, ...loop } = await drafted();
	await loop.advance(60);
	expect((await loop.server.whoami(first)).statusCode).toBe(200);
	await loop.studio.commitDrafts();
	await loop.advance(2);
	await loop.verified("Second");
	expect(await loop.keyInPlace()).not.toBe(first);
	expect(await loop.activeKeys()).toHaveLength(1);
	expect((await loop.server.whoami(await loop.keyInPlace())).statusCode).toBe(200);
});

test.each(["Cancel", "expiry"])("%s puts the old key back into the draft, then revokes the new one", async (how) => {
	const { first, ...loop } = await drafted();
	if (how === "Cancel") await loop.studio.click("Cancel");
	else await loop.advance(601);
	await loop.studio.waitFor(how === "Cancel" ? "Production" : "The code has expired");
	await expect.poll(() => loop.server.logs.join("").split("/oauth/revoke")).toHaveLength(2);
	await loop.studio.commitDrafts();
	expect(await loop.keyInPlace()).toBe(first);
	expect((await loop.server.whoami(first)).statusCode).toBe(200);
});

test.each(["cancel-source", "undo-source"] as const)(
	"a draft is taken back even if Studio does not revert source (%s)",
	async (fault) => {
		const { first, ...loop } = await drafted();
		await loop.studio.refuse(fault);
		await loop.studio.click("Cancel");
		await loop.studio.waitFor("Production");
		await expect.poll(() => loop.activeKeys()).toHaveLength(1);
		await loop.studio.commitDrafts();
		expect(await loop.keyInPlace()).toBe(first);
	},
);

test("a new Script that stays empty until it is committed is confirmed then, or removed on Cancel", async () => {
	const loop = await openLoop({ facts: "published" });
	const before = await loop.studio.place();
	await loop.studio.refuse("new-source");
	await loop.studio.click("Connect");
	await loop.approve();
	await loop.studio.waitFor(DRAFTED);
	await loop.studio.click("Cancel");
	await loop.studio.waitFor("No key in this place yet");
	expect(await loop.studio.place()).toEqual(before);
	await expect.poll(() => loop.activeKeys()).toEqual([]);

	await loop.studio.click("Connect");
	await loop.approve({ label: "Second" });
	await loop.studio.waitFor(DRAFTED);
	await loop.studio.allow("new-source");
	await loop.studio.commitDrafts();
	await loop.advance(2);
	await loop.verified("Second");
	expect(await loop.activeKeys()).toHaveLength(1);
});
