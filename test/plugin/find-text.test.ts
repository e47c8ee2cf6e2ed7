import { expect, test } from "vitest";

import { startPureModules } from "./pure-module.ts";

const TEXT = "ui/text/find-text";
const CLEAN = "No exposed keys in this place as it is open now";

type Spot = { kind: string; name?: string };

function find(more: Record<string, unknown> = {}) {
	const spots: Spot[] = [{ kind: "source" }];
	const flags = { inPackage: false, inUse: false, onDisk: false, removable: false };
	const where = { path: "ServerScriptService.Auxvyn", className: "Script", home: "ServerScriptService" };
	return { id: "1", hint: "0a1b", meaning: "safe", spots, ...where, ...flags, ...more };
}
const exposed = find({ meaning: "exposed", home: "Workspace" });
const server = find({ meaning: "server", home: "ServerStorage" });
const onDisk = find({ onDisk: true });

const TITLES: [finds: object[], changed: boolean, title: string][] = [
	[[], false, CLEAN],
	[[find()], false, CLEAN],
	[[exposed], false, "1 exposed key"],
	[[exposed, exposed, server, onDisk], true, "2 exposed keys"],
	[[server, onDisk], false, "1 key outside the managed Script"],
	[[server, server], false, "2 keys outside the managed Script"],
	[[onDisk], false, "1 key on disk"],
	[[onDisk, onDisk], true, "2 keys on disk"],
	[[find()], true, "The place changed while it was checked"],
	[[], true, "The place changed while it was checked"],
];

test("a report is named by the worst in it", async () => {
	const luau = await startPureModules();
	for (const [finds, changed, title] of TITLES) {
		expect(await luau(TEXT, "scanTitle", { finds, changed })).toBe(title);
		expect(await luau(TEXT, "isClean", { finds, changed }), title).toBe(title === CLEAN);
	}
});

const REVOKE = "Revoke it: delete the key auxvyn_…0a1b in the dashboard";
const TEXTS: [what: string, of: object, title: string, parts: string[]][] = [
	["the managed Script's own key", find(), "Safe", ["which players never get"]],
	["one on disk", onDisk, "On disk", ["Script Sync writes it to a file on this computer", "Keep that out of git"]],
	[
		"one that players get",
		exposed,
		"Exposed: revoke it",
		["In Script: source.", "Players get everything in Workspace.", `${REVOKE}, then remove it here.`],
	],
	[
		"one that players get, and this place uses",
		{ ...exposed, inUse: true },
		"Exposed: revoke it",
		[`It is this place's own key: click Reconnect and publish first. ${REVOKE}`],
	],
	["a mere copy", { ...exposed, removable: true }, "Exposed: revoke it", [`${REVOKE}, then click Remove copy.`]],
	[
		"one in a Package",
		{ ...exposed, inPackage: true },
		"Exposed: revoke it",
		["Everybody who uses the Package gets it.", `${REVOKE}, remove it here, then publish the Package again.`],
	],
	[
		"one elsewhere on the server",
		server,
		"On the server, but outside the managed Script",
		["Players do not get it", "Remove it here: game code calls the Script's Client instead."],
	],
];

test("of each key it is said what it means and what to do", async () => {
	const luau = await startPureModules();
	for (const [what, of, title, parts] of TEXTS) {
		const message = (await luau(TEXT, "findText", of)) as { title: string; text: string };
		expect(message.title, what).toBe(title);
		for (const part of parts) expect(message.text).toContain(part);
	}
});

const SPOTS: [Spot, string][] = [
	[{ kind: "source" }, "source"],
	[{ kind: "editor" }, "unsaved source in the script editor"],
	[{ kind: "name" }, "name"],
	[{ kind: "tag" }, "tag"],
	[{ kind: "attribute-name" }, "an attribute's name"],
	[{ kind: "attribute", name: "Token" }, "attribute Token"],
	[{ kind: "property", name: "Text" }, "property Text"],
];

test("all the spots where a key stands are named", async () => {
	const luau = await startPureModules();
	for (const [spot, words] of SPOTS) {
		const message = (await luau(TEXT, "findText", find({ spots: [{ kind: "tag" }, spot] }))) as { text: string };
		expect(message.text).toContain(`In Script: tag, ${words}.`);
	}
});
