import { expect, test } from "vitest";

import { type Loop, OLDER_FORM, useLoops } from "./helper.ts";

const openLoop = useLoops();

/** Longer than the plugin waits for the script editor, in virtual seconds, and shorter than the editor takes. */
const PATIENCE_SECONDS = 21;
const LATE = { seconds: 25, times: 1 };

async function connected(): Promise<Loop & { first: string }> {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	return { ...loop, first: (await loop.keyInPlace()) ?? "" };
}

/** Reconnects while the editor takes 25 seconds, until the plugin has given up on it. */
async function outlasted(loop: Loop, how: "late" | "slow"): Promise<void> {
	await loop.studio.refuse("update-source", { how, ...LATE });
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.studio.waitFor("Writing the Script…");
	await loop.advance(PATIENCE_SECONDS);
	await loop.studio.waitFor("Studio did not finish the change");
}

test.each(["late", "slow"] as const)(
	"what a %s editor does after a Retry that worked changes nothing any more",
	async (how) => {
		const loop = await connected();
		await outlasted(loop, how);
		await loop.studio.click("Retry");
		await loop.verified("Second");
		const key = await loop.keyInPlace();
		expect(key).not.toBe(loop.first);
		await loop.advance(10);
		expect(await loop.keyInPlace()).toBe(key);
		expect((await loop.studio.widget()).texts).toContain("Connected");
		expect((await loop.server.whoami(key)).statusCode).toBe(200);
	},
);

test.each(["late", "slow"] as const)(
	"what a %s editor stores after Cancel is taken back, line ends too",
	async (how) => {
		const loop = await connected();
		await loop.studio.run('local s = game.ServerScriptService.Auxvyn s.Source = s.Source:gsub("\\n", "\\r\\n")');
		const before = await loop.studio.place();
		await outlasted(loop, how);
		await loop.studio.click("Cancel");
		await loop.studio.waitFor("Connected");
		await loop.advance(10);
		expect(await loop.studio.place()).toEqual(before);
		await expect.poll(() => loop.activeKeys()).toHaveLength(1);
		expect((await loop.server.whoami(loop.first)).statusCode).toBe(200);
	},
);

test("a slow editor does not undo an Update that worked on Retry, nor what someone typed meanwhile", async () => {
	const loop = await connected();
	await loop.studio.run(OLDER_FORM);
	await loop.studio.waitFor("Update");
	await loop.studio.refuse("update-source", { how: "slow", ...LATE });
	await loop.studio.click("Update");
	await loop.advance(PATIENCE_SECONDS);
	await loop.studio.waitFor("Studio did not finish the change");
	await loop.studio.click("Retry");
	await loop.studio.waitFor("Connected");
	await loop.studio.run(`local auxvyn = game.ServerScriptService.Auxvyn auxvyn.Source ..= "-- ours"`);
	await loop.advance(10);
	const source = (await loop.managedScript())?.source ?? "";
	expect(source).toContain("-- ours");
	expect(source).not.toContain("require(script.Client).start(KEY, ADDRESS)");
	expect(await loop.keyInPlace()).toBe(loop.first);
});

test("a key is not written into code that was changed while the editor was at work", async () => {
	const loop = await connected();
	await loop.studio.refuse("update-source", { how: "slow", seconds: 5, times: 1 });
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.studio.waitFor("Writing the Script…");
	await loop.advance(1);
	await loop.studio.run(`game.ServerScriptService.Auxvyn.Source ..= "\\nprint(1)"`);
	const before = await loop.studio.place();
	await loop.advance(5);
	await loop.studio.waitFor("The place has changed");
	expect(await loop.studio.place()).toEqual(before);
	await expect.poll(() => loop.activeKeys()).toHaveLength(1);
	expect((await loop.server.whoami(loop.first)).statusCode).toBe(200);
});
