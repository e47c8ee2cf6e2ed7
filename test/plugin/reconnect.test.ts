import path from "node:path";

import { expect, test } from "vitest";

import type { Pairing } from "../../shared/wire.ts";
import { tempDir } from "../server/temp-dir.ts";
import { type PlaceDescription, writePlace } from "../studio/place-file.ts";
import type { PlaceNode } from "../studio/place-node.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

async function connected(): Promise<Loop & { first: string }> {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	return { ...loop, first: (await loop.keyInPlace()) ?? "" };
}

test("reconnecting replaces the key and nothing else, and both keys work until one is revoked", async () => {
	const { first, ...loop } = await connected();
	const before = await loop.managedScript();
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second" });
	await loop.verified("Second");

	const second = (await loop.keyInPlace()) ?? "";
	expect(second).not.toBe(first);
	const after = await loop.managedScript();
	expect(after?.source).toBe(before?.source?.replace(first, second));
	expect(await loop.activeKeys()).toContain(after?.attributes["AuxvynKeyId"]);
	expect([(await loop.server.whoami(first)).statusCode, (await loop.server.whoami(second)).statusCode]).toEqual([
		200, 200,
	]);
	expect(await loop.studio.history()).toMatchObject({ undo: [expect.anything(), expect.anything()], unrecorded: 0 });
});

test("approving with revoke revokes the old key once the new one is verified", async () => {
	const { first, ...loop } = await connected();
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.verified("Second");
	expect((await loop.server.whoami(first)).json()).toMatchObject({ code: "revoked_key" });
	expect((await loop.server.whoami(await loop.keyInPlace())).statusCode).toBe(200);
});

test("undoing a reconnect restores the old key, and the widget says whether it still works", async () => {
	const { first, ...loop } = await connected();
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.verified("Second");
	await loop.studio.undo();
	expect(await loop.keyInPlace()).toBe(first);
	const widget = await loop.studio.waitFor("This key was revoked");
	expect(widget.buttons.map((button) => button.name)).toContain("Reconnect");
});

test("a key of another workspace is written only after a confirmation; Cancel revokes it", async () => {
	const { first, ...loop } = await connected();
	const other = await loop.server.signUp("Sunny");
	const before = await loop.studio.place();
	await loop.studio.click("Reconnect");
	await loop.approve({}, other);
	const question = await loop.studio.waitFor("Another workspace");
	expect(question.state).toBe("confirm");
	expect(question.texts.join(" ")).toMatch(/belongs to Moonlit's workspace.*Sunny's workspace/);
	expect(await loop.studio.place()).toEqual(before);

	await loop.studio.click("Cancel");
	await loop.studio.waitFor("Connected");
	await expect.poll(() => loop.activeKeys(other)).toEqual([]);

	await loop.studio.click("Reconnect");
	await loop.approve({}, other);
	await loop.studio.waitFor("Another workspace");
	await loop.studio.click("Replace");
	await loop.studio.waitFor("Connected");
	expect(await loop.keyInPlace()).not.toBe(first);
	expect(await loop.activeKeys(other)).toHaveLength(1);
});

test("a revoked key is shown on the home screen, and Reconnect replaces it without a confirmation", async () => {
	const loop = await connected();
	const [id] = await loop.activeKeys();
	await loop.person.request("DELETE", `/api/workspaces/${loop.person.workspaceId}/keys/${id}`);
	await loop.studio.click("Auxvyn");
	await loop.studio.click("Auxvyn");
	const home = await loop.studio.waitFor("This key was revoked");
	expect(home.texts).toContain("Next: Reconnect.");
	await loop.studio.click("Reconnect");
	await loop.approve({ label: "Second" });
	await loop.verified("Second");
});

const copyOf = ({ class: className, name, source, children }: PlaceNode): PlaceDescription => ({
	...{ class: className, name, children: children.map(copyOf) },
	...(source !== undefined && { source }),
});

/** A connected place whose Script has the id of another key of the workspace, as after pasting. */
async function withWrongKeyId() {
	const loop = await connected();
	const [id = ""] = await loop.activeKeys();
	const other = await loop.person.createKey("Other");
	const managed = await loop.managedScript();
	if (managed === undefined) throw new Error("The place has no key.");
	const attributes = { AuxvynKeyId: other.id, AuxvynSchema: 1 };
	const script = { ...copyOf(managed), tags: ["AuxvynKey"], attributes };
	const place = [{ class: "ServerScriptService", children: [script] }];
	await loop.studio.open(await writePlace(path.join(await tempDir(), "place.rbxl"), place), { facts: "published" });
	await loop.studio.settle();
	return { ...loop, id, other };
}

test("a Script with another key's id gets the key that it holds replaced, and the right id", async () => {
	const loop = await withWrongKeyId();
	await loop.studio.click("Reconnect");
	const shown = await loop.person.request("GET", `/api/pairings/${await loop.userCode()}`);
	expect(shown.json<Pairing>().previousKey).toMatchObject({ id: loop.id, proven: true });
	expect(loop.server.db.prepare("SELECT reported_key_id FROM pairing ORDER BY created_at DESC").pluck().get()).toBe(
		loop.id,
	);
	await loop.approve({ label: "Second", previousKey: "revoke" });
	await loop.verified("Second");
	expect((await loop.server.whoami(loop.first)).json()).toMatchObject({ code: "revoked_key" });
	expect((await loop.server.whoami(loop.other.secret)).statusCode).toBe(200);
	const second = await loop.server.whoami(await loop.keyInPlace());
	const { key } = second.json<{ key: { id: string } }>();
	expect((await loop.managedScript())?.attributes["AuxvynKeyId"]).toBe(key.id);
});

test("a key that is put back gets its own id, not the wrong one from before", async () => {
	const loop = await withWrongKeyId();
	await loop.studio.click("Reconnect");
	await loop.userCode();
	await loop.studio.refuse("recording");
	await loop.approve({ label: "Second" });
	await loop.studio.waitFor("Approved by Moonlit for Moonlit's workspace.");
	const newest = loop.server.db.prepare("SELECT id FROM api_key WHERE label = 'Second'").pluck().get() as string;
	await loop.person.request("DELETE", `/api/workspaces/${loop.person.workspaceId}/keys/${newest}`);
	await loop.studio.allow("recording");
	await loop.advance(2);
	await loop.studio.waitFor("The new key was refused");
	expect(await loop.keyInPlace()).toBe(loop.first);
	expect((await loop.managedScript())?.attributes["AuxvynKeyId"]).toBe(loop.id);
});
