import { expect, test } from "vitest";

import { whereIs } from "../studio/place-node.ts";
import { useLoops } from "./helper.ts";

const openLoop = useLoops();

test("connecting writes one managed Script, verifies its key and shows its label", async () => {
	const loop = await openLoop({ facts: "published" });
	const widget = await loop.connect();
	expect(widget.state).toBe("connected");
	expect(widget.texts).toEqual(expect.arrayContaining(["Connected", "Production", "Next: press Play."]));

	const [id] = await loop.activeKeys();
	const managed = await loop.managedScript();
	expect(managed).toMatchObject({
		class: "Script",
		tags: ["AuxvynKey"],
		attributes: { AuxvynKeyId: id },
		properties: { RunContext: "Legacy" },
	});
	expect(managed?.children.map((child) => [child.class, child.name])).toEqual([["ModuleScript", "Client"]]);
	expect((await loop.server.whoami(await loop.keyInPlace())).statusCode).toBe(200);
});

test("the key is in the source of that Script and nowhere else that Studio stores or shows", async () => {
	const loop = await openLoop({ facts: "published" });
	const widget = await loop.connect();
	const key = (await loop.keyInPlace()) ?? "";
	expect(key).not.toBe("");
	expect(whereIs(await loop.studio.place(), key)).toEqual(["ServerScriptService.Auxvyn"]);
	expect(JSON.stringify([widget, await loop.studio.settings(), await loop.studio.studioOutput()])).not.toContain(key);
});

test("an install is one undoable step, and the widget updates on undo and redo", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	expect(await loop.studio.history()).toMatchObject({ undo: [expect.anything()], unrecorded: 0, recording: false });
	await loop.studio.undo();
	expect(await loop.managedScript()).toBeUndefined();
	await loop.studio.waitFor("No key in this place yet");
	await loop.studio.redo();
	expect(await loop.keyInPlace()).toBeDefined();
	await loop.studio.waitFor("Connected");
});

test("the plugin reports the place, without ids if it is unpublished, and says to publish it", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.click("Connect");
	const reported = async () => {
		const response = await loop.person.request("GET", `/api/pairings/${await loop.userCode()}`, undefined, {
			"sec-fetch-site": "same-origin",
		});
		return response.json<{ reported: Record<string, unknown> }>().reported;
	};
	expect(await reported()).toMatchObject({ placeId: "4801231234", universeId: "1650881234", intent: "connect" });

	await loop.studio.open(undefined, { facts: "template" });
	const home = await loop.studio.widget();
	expect(home.texts.join(" ")).toContain("not published yet");
	await loop.studio.click("Connect");
	expect(await reported()).toMatchObject({ placeId: null, universeId: null });
	await loop.approve();
	expect((await loop.studio.waitFor("Connected")).texts).toContain("Next: press Play.");
});

test("a denied or expired request shows why it failed and changes nothing", async () => {
	const loop = await openLoop({ facts: "published" });
	const before = await loop.studio.place();
	await loop.studio.click("Connect");
	await loop.person.request("POST", `/api/pairings/${await loop.userCode()}/deny`, {});
	await loop.advance(2);
	expect((await loop.studio.waitFor("Denied")).texts).toContain("Nothing was written.");

	await loop.studio.click("Retry");
	await loop.userCode();
	await loop.advance(601);
	expect((await loop.studio.waitFor("The code has expired")).state).toBe("failed");
	expect(await loop.studio.place()).toEqual(before);
	expect(await loop.activeKeys()).toEqual([]);
});

test("Cancel ends the attempt, and a key that arrives later is revoked", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.click("Connect");
	const code = await loop.userCode();
	await loop.studio.refuse("http-slow", { match: "/oauth/token", seconds: 4, times: 1 });
	await loop.advance(2);
	await loop.person.request("POST", `/api/pairings/${code}/approve`, {
		workspaceId: loop.person.workspaceId,
		label: "Late",
	});
	await loop.studio.click("Cancel");
	await loop.studio.waitFor("No key in this place yet");
	await loop.advance(5);
	await expect.poll(() => loop.server.logs.join("").includes("/oauth/revoke")).toBe(true);
	await expect.poll(() => loop.activeKeys()).toEqual([]);
	expect(await loop.managedScript()).toBeUndefined();
});

test("the plugin copy in a playtest says to stop it, and the edit copy writes the key after Stop", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.click("Connect");
	const code = await loop.userCode();
	await loop.studio.play();
	const playing = await loop.studio.widget("client");
	expect(playing.state).toBe("playtest");
	expect(playing.buttons).toEqual([]);
	expect(playing.texts[0]).toBe("Stop the playtest first");

	await loop.person.request("POST", `/api/pairings/${code}/approve`, {
		workspaceId: loop.person.workspaceId,
		label: "Held",
	});
	await loop.advance(2);
	await expect.poll(async () => (await loop.studio.widget("edit")).state).toBe("playtest");
	expect((await loop.studio.widget("edit")).texts.join(" ")).toContain("Approved by Moonlit");
	await loop.studio.stop();
	await loop.studio.waitFor("Connected");
	expect(await loop.activeKeys()).toHaveLength(1);
});
