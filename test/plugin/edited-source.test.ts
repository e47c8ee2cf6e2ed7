import { expect, test } from "vitest";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { startPureModules } from "./pure-module.ts";

const MODULE = "place/source";
const OWN = "https://keys.example.com";
const EVIL = "https://evil.example";
const ADDRESS = { text: OWN, host: "keys.example.com", secure: true, loopback: false, port: 443 };
const KEY = generateKey();
const OTHER_KEY = generateKey();

const KEY_LINE = `local KEY = "${KEY}"`;
const ADDRESS_LINE = `local ADDRESS = "${OWN}"`;
const OPTIONS_LINE = "local options = {}";
const START = "require(script.Client).start(KEY, ADDRESS)";
const CORE = "local run = options\n-- the core\nif run then\n\tprint(`{#run}`)\nend\nprint(KEY, ADDRESS, run)\n";
const source = (...lines: string[]) => lines.join("\n");
const HEAD = source(KEY_LINE, ADDRESS_LINE, OPTIONS_LINE, "");

/** What each contains besides Auxvyn's own code, and on which lines. Each sends the key elsewhere, or might. */
const TRAPS: [name: string, source: string, lines: number[]][] = [
	["a later assignment of the address", source(KEY_LINE, ADDRESS_LINE, `ADDRESS = "${EVIL}"`, START), [3]],
	["an assignment in another scope", source(KEY_LINE, ADDRESS_LINE, `do ADDRESS = "${EVIL}" end`, START), [3]],
	["a use of the key before the core", source(KEY_LINE, ADDRESS_LINE, OPTIONS_LINE, "_G.key = KEY", CORE), [4]],
	["a use of the key after the core", `${HEAD}${CORE}print(KEY)`, [10]],
	["a line inside the core", HEAD + CORE.replace("-- the core", "_G.key = KEY"), [5]],
	["two lines far apart in the core", HEAD + CORE.replace("-- the core", "a()").replace("end", "b() end"), [5, 8]],
	["lines of the core in another order", HEAD + "print(KEY, ADDRESS, run)\nlocal run = options\n", [4]],
	["a core cut short", HEAD + CORE.replace("print(KEY, ADDRESS, run)", ""), [8]],
	["code before the key", source("local require = print", KEY_LINE, ADDRESS_LINE, OPTIONS_LINE, CORE), [1]],
	["code behind a declaration", source(`${KEY_LINE} _G.key = KEY`, ADDRESS_LINE, OPTIONS_LINE, CORE), [1]],
	["options that the earlier call does not pass", source(KEY_LINE, ADDRESS_LINE, OPTIONS_LINE, START), [4]],
	["another module", source(KEY_LINE, ADDRESS_LINE, "require(script.Parent.Other).start(KEY, ADDRESS)"), [3]],
	["a call in the options", source(KEY_LINE, ADDRESS_LINE, "local options = { apis = f(KEY) }", CORE), [3]],
	["a call without parentheses", source(KEY_LINE, ADDRESS_LINE, 'local options = { apis = f "x" }', CORE), [3]],
	["the key in the options", source(KEY_LINE, ADDRESS_LINE, "local options = { KEY }", CORE), [3]],
	["code in an interpolated string", source(KEY_LINE, ADDRESS_LINE, "local options = { `{f()}` }", CORE), [3]],
	["code after a lone carriage return", source(KEY_LINE, ADDRESS_LINE, `-- \rADDRESS = "${EVIL}"`, START), [3]],
	[
		"a string continued over an escaped line end",
		source(KEY_LINE, ADDRESS_LINE, `local x = "\\`, `" ADDRESS = "${EVIL}"`, START),
		[3, 4],
	],
	["a call after a cast", source(KEY_LINE, ADDRESS_LINE, "local options = {} :: any f {KEY}", CORE), [3]],
	["an index after a cast", source(KEY_LINE, ADDRESS_LINE, "local options = {} :: a [f()]", CORE), [3]],
	["a concatenation after a cast", source(KEY_LINE, ADDRESS_LINE, 'local options = { "x" :: any .. f.x }', CORE), [3]],
	["a concatenation after an exponent", source(KEY_LINE, ADDRESS_LINE, "local options = { 1e3..KEY }", CORE), [3]],
	[
		"a concatenation after a hexadecimal number",
		source(KEY_LINE, ADDRESS_LINE, "local options = { 0x1..f.x }", CORE),
		[3],
	],
	[
		"escapes that spell a host",
		source(KEY_LINE, ADDRESS_LINE, 'local options = { "https://\\101vil.example" }', CORE),
		[3],
	],
	[
		"a string that begins with a line end",
		source(KEY_LINE, ADDRESS_LINE, `local options = { [[`, `${EVIL}]] }`, CORE),
		[3, 4],
	],
	["code behind a NUL", source(KEY_LINE, ADDRESS_LINE, OPTIONS_LINE, `-- \0`, CORE), [4]],
	["an unterminated comment", source(KEY_LINE, ADDRESS_LINE, START, "--[["), [4]],
	["an unterminated string", source(KEY_LINE, ADDRESS_LINE, START, 'print("x'), [4]],
];

/** Auxvyn's own code, whatever its types and values. */
const OWN_FORMS = [
	source(`local KEY: string = "${KEY}"`, `local ADDRESS: "a" | "b"? = "${OWN}"`, "local options: a.b & c = {}", CORE),
	source(
		KEY_LINE,
		ADDRESS_LINE,
		"local options: { apis: { string }?, [string]: any; } = { 1e-3, 0x1F, .5 } :: { any }",
		CORE,
	),
	source(KEY_LINE, ADDRESS_LINE, "local options = { apis = { `a`, [[b]], 'c' :: string }; [1] = -2, }", CORE),
];

/** Their key or their address is not where the plugin reads it. */
const HIDDEN: [name: string, source: string, problem: string][] = [
	[
		"literals in a block comment before the real ones",
		source(`--[[\n${ADDRESS_LINE}\n]] local ADDRESS = "${EVIL}:x"`, KEY_LINE, START),
		"address",
	],
	[
		"literals in a long string",
		source(`local text = [==[\n${KEY_LINE}\n]==]`, `local KEY = text:match("auxvyn_%x+")`, ADDRESS_LINE, START),
		"no-key",
	],
	["code after a type", source(`local KEY: string workspace.Leak.Name = "${KEY}"`, ADDRESS_LINE, CORE), "no-key"],
	["a second address in another scope", source(KEY_LINE, ADDRESS_LINE, `do local ADDRESS = "${EVIL}" end`), "address"],
];

test("code that is not Auxvyn's is found with its lines, however well it hides", async () => {
	const luau = await startPureModules();
	for (const [name, trap, foreignLines] of TRAPS) {
		expect(await luau(MODULE, "readSource", trap, CORE), name).toMatchObject({ form: "edited", foreignLines });
	}
	for (const [name, trap, problem] of HIDDEN) {
		expect(await luau(MODULE, "readSource", trap, CORE), name).toBe(problem);
		expect(await luau(MODULE, "replaceKeyLiteral", trap, KEY, OTHER_KEY), name).toBeUndefined();
	}
});

test("types, casts and plain values are no edits", async () => {
	const luau = await startPureModules();
	for (const own of OWN_FORMS) {
		expect(await luau(MODULE, "readSource", own, CORE), own).toMatchObject({ form: "current" });
		expect(await luau(MODULE, "readSource", own.replaceAll("\n", "\r\n"), CORE), own).toMatchObject({
			form: "current",
		});
		expect(await luau(MODULE, "updateSource", own.replaceAll("\n", "\r\n"), CORE), own).toContain(CORE);
	}
});

test("the key of an edited source can be replaced, and nothing else changes", async () => {
	const luau = await startPureModules();
	for (const [name, trap] of TRAPS) {
		const replaced = await luau(MODULE, "replaceKeyLiteral", trap, KEY, OTHER_KEY);
		expect(replaced, name).toBe(trap.replace(KEY, OTHER_KEY));
	}
});

test("comments, blank lines, line ends, a byte order mark, types and option values are no edits", async () => {
	const luau = await startPureModules();
	const rendered = String(await luau(MODULE, "renderSource", KEY, ADDRESS, CORE));
	const options = (table: string) => rendered.replace("apis = {},", table);
	const typed = rendered
		.replace("local KEY =", "local KEY: string =")
		.replace("local ADDRESS =", "local ADDRESS : string? =")
		.replace("local options =", "local options: { apis: { string }, [string]: any } =");
	const edits = [
		rendered,
		source(KEY_LINE, ADDRESS_LINE, OPTIONS_LINE, CORE),
		`--!strict\n${rendered}\n\n--[==[ KEY = ADDRESS ]] ]==] -- print(KEY)\n`,
		rendered.replaceAll("\n", "\r\n"),
		`\uFEFF${rendered}`,
		`\uFEFF${typed}`.replaceAll("\n", "\r\n"),
		rendered.replace("-- the core", "--[[ the\ncore, moved ]]").replace("\tprint", "   print"),
		rendered.replace("local options", '--[[ local ADDRESS = "https://old.example"\n]] local options'),
		options("apis = {} :: { string },"),
		options('["apis"] = { "say \\"hi\\"", "a\\tb" }; retries = -3, quiet = false, -- KEY'),
		options("[1] = nil, {{}}, 0x1F, 1.5e3"),
	];
	for (const edit of edits) {
		const facts = await luau(MODULE, "readSource", edit, CORE);
		expect(facts, edit).toMatchObject({ key: KEY, address: ADDRESS, form: "current", foreignLines: {} });
	}
	const listed = options(
		`apis = { "https://a.example", 'https://b.example', [[https://c.example]], \`https://d.example\` },`,
	);
	expect(await luau(MODULE, "readSource", listed, CORE)).toMatchObject({
		apis: ["https://a.example", "https://b.example", "https://c.example", "https://d.example"],
	});
});

test("the form of earlier versions is recognized, and updated with its key, address and options", async () => {
	const luau = await startPureModules();
	const apis = 'apis = { "https://a.example" }, -- ours';
	const earlier = [
		source(KEY_LINE, ADDRESS_LINE, START),
		source(KEY_LINE, ADDRESS_LINE, START.replace(")", ", {})").replace("Client, {})", "Client)")),
		source(KEY_LINE, ADDRESS_LINE, `require(script.Client).start(KEY, ADDRESS, { ${apis}\n})`),
		source(
			KEY_LINE,
			ADDRESS_LINE,
			`local options = { ${apis}\n}`,
			"require(script.Client).start(KEY, ADDRESS, options)",
		),
	];
	for (const text of [...earlier, ...earlier.map((each) => each.replaceAll("\n", "\r\n"))]) {
		expect(await luau(MODULE, "readSource", text, CORE), text).toMatchObject({ form: "older" });
		const updated = String(await luau(MODULE, "updateSource", text, CORE));
		const { apis: kept } = (await luau(MODULE, "readSource", text, CORE)) as { apis: string[] };
		expect(updated).not.toContain("\r");
		expect(updated.includes("-- ours")).toBe(text.includes("-- ours"));
		expect(await luau(MODULE, "readSource", updated, CORE)).toMatchObject({
			key: KEY,
			address: ADDRESS,
			apis: kept,
			form: "current",
		});
	}
	// Options that are not plain values cannot be kept.
	const called = source(KEY_LINE, ADDRESS_LINE, "local options = { apis = f() }", CORE);
	expect(await luau(MODULE, "updateSource", called, CORE)).toBeUndefined();
});
