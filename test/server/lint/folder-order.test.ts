import { describe, expect, it } from "vitest";

import { problems } from "./rule-problems.ts";

/** What the rule reports for `code` in a file of server/. */
const inServer = (file: string, code: string) => problems("folder-order", `server/${file}`, code);

describe("the order of the server's folders", () => {
	it.each([
		["an import", "keys/index.ts", 'import { deliver } from "../pairing/deliver.ts";'],
		["a type import", "http/actor.ts", 'import type { Actor } from "../activity/actor.ts";'],
		["a dynamic import", "storage/reader.ts", 'await import("../people/people.store.ts");'],
		["a re-export", "activity/index.ts", 'export { WorkspaceSchema } from "../workspaces/workspaces.schema.ts";'],
		["a sideways import", "live/hub.ts", 'import { CHECKS } from "../checklist/checks.store.ts";'],
		["an import between a folder's parts", "keys/usage/usage.store.ts", 'import { a } from "../manage/key-row.ts";'],
		["a dependency of a Fastify plugin", "activity/index.ts", 'fp(x, { name: "activity", dependencies: ["keys"] });'],
		["a decorator", "http/change-limits.ts", "await app.accounts.find(request);"],
		["a decorator of a request's server", "http/change-limits.ts", "request.server.accounts.find(request);"],
		["a decorator by a computed name", "activity/index.ts", 'app["workspaces"].see(request);'],
		["a decorator, destructured", "http/health.ts", "const { accounts } = app;"],
		["an import by a template", "keys/index.ts", "await import(`../pairing/deliver.ts`);"],
		["an import in JavaScript", "storage/bridge.js", 'import "../people/people.store.ts";'],
		["a quoted dependency", "activity/index.ts", 'fp(x, { "dependencies": [`keys`] });'],
	])("refuses %s that runs up", (_what, file, code) => {
		expect(inServer(file, code)).toEqual([expect.stringMatching(/^\S+ may not use \S+: see “What may import what”/)]);
	});

	it.each([
		["pairing/deliver.ts", 'import { digestOf } from "../keys/authenticate/digest.ts";'],
		["keys/manage/find-keys.store.ts", 'import { successorOf } from "../rotate/successors.store.ts";'],
		["live/hub.ts", 'import { Listener } from "./listener.ts"; import type { Key } from "../../shared/wire.ts";'],
		["pairing/index.ts", 'fp(x, { name: "pairing", dependencies: ["accounts", "metrics"] });'],
		["app.ts", "await app.accounts.find(request);"],
	])("lets %s use what is below it", (file, code) => {
		expect(inServer(file, code)).toEqual([]);
	});

	it.each([
		["an import of a computed path", "storage/reader.ts", "await import(url);", "Write it as a string"],
		[
			"computed dependencies",
			"activity/index.ts",
			'fp(x, { name: "activity", dependencies: names });',
			"Write it as a string",
		],
		[
			"an import of tests",
			"keys/index.ts",
			'import { build } from "../../test/server/helper.ts";',
			"may import only shared/",
		],
	])("refuses %s", (_what, file, code, message) => {
		expect(inServer(file, code)).toEqual([expect.stringContaining(message)]);
	});

	it("has a place for every folder", () => {
		expect(inServer("billing/index.ts", "")).toEqual([
			expect.stringContaining("add it to server/lint/folder-order.js"),
		]);
	});
});
