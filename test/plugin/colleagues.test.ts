import { expect, test } from "vitest";

import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

/** The code in one of the two widgets. */
async function codeIn(loop: Loop, copy: "edit" | "second"): Promise<string> {
	const { boxes } = await loop.studio.waitFor("Approve in your browser", 10, copy);
	return boxes.find(({ name }) => name === "UserCode")?.text ?? "";
}

/** Approves both requests before either Studio polls again. */
async function approveBoth(loop: Loop, previousKey: "keep" | "revoke"): Promise<void> {
	for (const [copy, label] of [
		["edit", "First"],
		["second", "Second"],
	] as const) {
		const code = await codeIn(loop, copy);
		const body = { workspaceId: loop.person.workspaceId, label, previousKey };
		expect((await loop.person.request("POST", `/api/pairings/${code}/approve`, body)).statusCode).toBe(200);
	}
	await loop.advance(4);
}

/** One of the two widgets shows the new key, the other why it wrote nothing; the place's key is the only active one. */
async function expectOneKey(loop: Loop): Promise<void> {
	const states = async () => [(await loop.studio.widget()).state, (await loop.studio.widget("second")).state].sort();
	await expect.poll(states).toEqual(["connected", "failed"]);
	const refused = (await loop.studio.widget()).state === "failed" ? "edit" : "second";
	const { texts } = await loop.studio.widget(refused);
	expect(texts).toContain("The place has changed");
	await expect.poll(() => loop.activeKeys()).toHaveLength(1);
	const key = await loop.server.whoami(await loop.keyInPlace());
	expect(key.statusCode).toBe(200);
	expect(await loop.activeKeys()).toEqual([key.json<{ key: { id: string } }>().key.id]);
	await loop.studio.click("Back", refused);
	await loop.studio.waitFor("Connected", 10, refused);
}

test("of two colleagues who connect at once, the later write is refused and its key revoked", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.join("team-create");
	await loop.studio.click("Connect", "edit");
	await loop.studio.click("Connect", "second");
	await approveBoth(loop, "keep");
	await expectOneKey(loop);
	const place = await loop.studio.place();
	expect(JSON.stringify(place).match(/auxvyn_[0-9a-f]{60}/g)).toHaveLength(1);
});

test("of two colleagues who reconnect at once, the later write is refused and its key revoked", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const first = await loop.keyInPlace();
	await loop.studio.join("team-create");
	await loop.studio.waitFor("Connected", 10, "second");
	await loop.studio.click("Reconnect", "edit");
	await loop.studio.click("Reconnect", "second");
	await approveBoth(loop, "revoke");
	await expectOneKey(loop);
	expect(await loop.keyInPlace()).not.toBe(first);
	expect((await loop.managedScript())?.attributes["AuxvynKeyId"]).toBe((await loop.activeKeys())[0]);
	expect((await loop.server.whoami(first)).json()).toMatchObject({ code: "revoked_key" });
});

test("of two windows with one place, each shows what became of its own key, and can replace it", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	await loop.studio.join("window");
	await loop.studio.waitFor("Connected", 10, "second");
	await loop.studio.click("Reconnect", "edit");
	await loop.approve({ label: "First", previousKey: "revoke" });
	await loop.verified("First");
	await loop.advance(10);
	const { texts } = await loop.studio.waitFor("This key was revoked", 10, "second");
	expect(texts).not.toContain("Connected");

	await loop.studio.click("Reconnect", "second");
	const code = await codeIn(loop, "second");
	await loop.person.request("POST", `/api/pairings/${code}/approve`, {
		workspaceId: loop.person.workspaceId,
		label: "Second",
	});
	await loop.advance(2);
	await loop.studio.waitFor("Connected", 10, "second");
	await loop.advance(10);
	expect((await loop.studio.widget()).texts).toEqual(expect.arrayContaining(["Connected", "First"]));
	expect((await loop.studio.widget("second")).texts).toEqual(expect.arrayContaining(["Connected", "Second"]));
});
