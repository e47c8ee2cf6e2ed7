import { readdir, readFile } from "node:fs/promises";

import { beforeAll, describe, expect, test } from "vitest";

import { checkScripts, describeFinding } from "./check-scripts.ts";
import { runtimePlace } from "./runtime-place.ts";

const SAMPLE = new URL("sample-game/", import.meta.url);

async function sampleGame(): Promise<Record<string, string>> {
	const names = await readdir(SAMPLE);
	const sources = await Promise.all(names.map((name) => readFile(new URL(name, SAMPLE), "utf8")));
	return Object.fromEntries(names.map((name, index) => [`ServerScriptService/${name}`, sources[index] ?? ""]));
}

async function findingsIn(scripts: Record<string, string>): Promise<string[]> {
	return (await checkScripts(await runtimePlace(scripts))).map(describeFinding);
}

test("Luau's analyser finds nothing in the runtime, nor in a strict game that uses all of it", async () => {
	expect(await findingsIn(await sampleGame())).toEqual([]);
});

test("nor in the managed Script if someone makes it strict", async () => {
	const place = await runtimePlace();
	const file = "ServerScriptService/Auxvyn/init.server.luau";
	const findings = await checkScripts({ ...place, [file]: `--!strict\n${place[file] ?? ""}` });
	expect(findings.map(describeFinding)).toEqual([]);
});

const CONNECTED = 'local Client = require(game:GetService("ServerScriptService").Auxvyn.Client)\n';
const STANDALONE = 'local Client = require(game:GetService("ServerStorage").Client)\n';

const WRONG_CALLS: [what: string, line: string, message: string][] = [
	["a method that is not a text", 'Client.request(1, "/v1/whoami")', "'number'"],
	["no target", 'Client.request("GET")', "expects 2 to 4 arguments"],
	["a body that is neither text nor a table", 'Client.request("POST", "/", 5)', "'number'"],
	["headers in a list", 'Client.request("POST", "/", nil, { "a" })', "Unexpected array-like table item"],
	[
		"a field of the response that there is not",
		'print(Client.request("GET", "/").StatusText)',
		"'StatusText' not found",
	],
	["a field of the status that there is not", "print(Client.status().reason)", "'reason' not found"],
	["a state that there is not", 'local state: "off" = Client.status().state\nprint(state)', '"off"'],
	["a function that there is not", "Client.connect()", "'connect' not found"],
	["apis that are not a list", 'Client.start("key", "https://a", { apis = "https://b" })', "'{string}?'"],
	["a secret's name that is not a text", 'Client.startWithSecret(1, "https://a")', "'number'"],
	["an address that is missing", 'Client.start("key")', "expects 2 to 3 arguments"],
];

describe("a wrong call is an error", () => {
	let findings: string[];
	beforeAll(async () => {
		// One script for each: all together cost as much as one alone.
		const scripts = WRONG_CALLS.flatMap(([, line], index) => [
			[`ServerScriptService/Connected${index}.server.luau`, `--!strict\n${CONNECTED}${line}\n`],
			[`ServerScriptService/Standalone${index}.server.luau`, `--!strict\n${STANDALONE}${line}\n`],
		]);
		findings = await findingsIn(Object.fromEntries(scripts) as Record<string, string>);
	});

	test.each(WRONG_CALLS.map((call, index) => [index, ...call] as const))("%i: %s", (index, _what, _line, message) => {
		for (const name of [`Connected${index}`, `Standalone${index}`]) {
			const found = findings.filter((finding) => finding.startsWith(`ServerScriptService/${name}:3:`));
			expect(found.join("\n")).toContain(message);
		}
	});

	test("and nothing else is one", () => {
		const others = findings.filter((finding) => !/^ServerScriptService\/(Connected|Standalone)\d+:3:/.test(finding));
		expect(others).toEqual([]);
	});
});
