import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { writePlace } from "../studio/place-file.ts";
import { useLoops } from "./helper.ts";

const openLoop = useLoops();

const PUBLIC = "https://keys.example.com";

test("with a loopback server the next step is Play, and what publishing needs is said once", async () => {
	const loop = await openLoop({ facts: "published" });
	const { texts } = await loop.connect();
	expect(texts).toContain("Next: press Play.");
	expect(texts.join(" ")).toContain("Published games need a public https address: set PUBLIC_URL on the server");
	expect(texts.join(" ")).not.toMatch(/publish the place|published games will not/);
});

test("with a public server the next step is to publish", async () => {
	const loop = await openLoop({ facts: "published", publicName: PUBLIC });
	expect((await loop.connect()).texts).toContain("Next: publish the place.");
	await loop.studio.open(undefined, { facts: "template" });
	expect((await loop.connect()).texts).toContain("Next: publish the place.");
});

test("if HTTP requests are off, the next step says that playtests and published games need them", async () => {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-next-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const allowing = await writePlace(path.join(folder, "allowing.rbxl"), [
		{ class: "HttpService", properties: { HttpEnabled: true } },
	]);
	const off = await writePlace(path.join(folder, "off.rbxl"), [{ class: "HttpService" }]);
	const loop = await openLoop({ place: off, publicName: PUBLIC });
	const requirement =
		/Experience Settings › Security › Allow HTTP Requests: playtests and published games both need it/;
	expect((await loop.connect()).texts.join(" ")).toMatch(requirement);
	await loop.studio.open(allowing);
	expect((await loop.connect()).texts.join(" ")).not.toContain("Allow HTTP Requests");
});

test("in an unpublished place the next step is to allow HTTP requests in the command bar", async () => {
	const loop = await openLoop({ facts: "template" });
	const { texts } = await loop.connect();
	expect(texts.join(" ")).toMatch(/Next: press Play\. Before that, run .*HttpEnabled = true in the command bar/);
});

test("a failed attempt offers Back, not Cancel", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.click("Connect");
	await loop.person.request("POST", `/api/pairings/${await loop.userCode()}/deny`, {});
	await loop.advance(2);
	const ended = await loop.studio.waitFor("Denied");
	expect(ended.buttons.map((button) => button.name)).toEqual(["Back", "Retry"]);
	await loop.studio.click("Back");
	await loop.studio.waitFor("No key in this place yet");
});

test("the widget and the game say when and why a key was revoked, and what to do only once", async () => {
	const loop = await openLoop({ facts: "published", publicName: PUBLIC });
	await loop.connect();
	await loop.studio.allow("http");
	const [id] = await loop.activeKeys();
	await loop.person.request("DELETE", `/api/workspaces/${loop.person.workspaceId}/keys/${id}`);
	const { server } = await loop.studio.publish();
	const { output } = await loop.studio.waitForOutput(server, "was revoked");
	expect(output.join("\n")).toMatch(
		/This key was revoked on \d{4}-\d\d-\d\d \d\d:\d\d UTC: it was deleted in the dashboard\.$/m,
	);
	await loop.studio.click("Auxvyn");
	await loop.studio.click("Auxvyn");
	const { texts } = await loop.studio.waitFor("Next: Reconnect.");
	expect(texts.join("\n")).toMatch(
		/^This key was revoked on \d{4}-\d\d-\d\d \d\d:\d\d UTC: it was deleted in the dashboard\.$/m,
	);
});
