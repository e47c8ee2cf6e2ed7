import type { Mutant } from "./mutant.ts";

const RUNTIME = ["plugin/runtime.test.ts"];
const TABLES = ["plugin/runtime-tables.test.ts"];
const TARGET = ["plugin/target.test.ts"];
const THIEF = ["plugin/thief.test.ts"];
const FORMS = ["guards/forms.test.ts", "plugin/edited-source.test.ts"];
const SOURCE = ["plugin/source.test.ts", "plugin/edited-source.test.ts"];

export const pluginRuntime: readonly Mutant[] = [
	{
		file: "plugin/runtime/script.luau",
		original: "	game:BindToClose(connection.close)\n",
		replacement: "	core.Parent = script\n	game:BindToClose(connection.close)\n",
		tests: THIEF,
	},
	{
		file: "plugin/runtime/sender.luau",
		original: "elseif not rawget(METHODS, method) then",
		replacement: "elseif false then",
		tests: RUNTIME,
	},
	{
		file: "plugin/runtime/sender.luau",
		original: "if rawget(RESERVED, lowered) or sub(",
		replacement: "if sub(",
		tests: RUNTIME,
	},
	{
		file: "plugin/runtime/sender.luau",
		original: 'sub(lowered, 1, 9) == "x-auxvyn-"',
		replacement: "false",
		tests: RUNTIME,
	},
	{
		file: "plugin/runtime/sender.luau",
		original: 'return (gsub(asText(value) or "", KEY_PATTERN, "auxvyn_…"))',
		replacement: 'return asText(value) or ""',
		tests: THIEF,
	},
	{
		file: "plugin/runtime/sender.luau",
		original: "rawequal(purpose, GOODBYE)",
		replacement: 'type(purpose) ~= "nil"',
		tests: THIEF,
	},
	{
		file: "plugin/runtime/target.luau",
		original: "elseif not rawget(apis, origin.text) then",
		replacement: "elseif false then",
		tests: THIEF,
	},
	{
		file: "plugin/runtime/connection.luau",
		original: "if origin and origin.secure then",
		replacement: "if origin then",
		tests: TARGET,
	},
	{
		file: "plugin/runtime/target.luau",
		original: 'if find(target, "[%c%s\\\\]") then',
		replacement: "if false then",
		tests: TARGET,
	},
	{
		file: "plugin/runtime/status.luau",
		original: 'if current.state == "stopped" then',
		replacement: "if false then",
		tests: RUNTIME,
	},
	{
		file: "plugin/runtime/connection.luau",
		original: "checker.doubt(own and code ~= nil and rawget(KEY_CODES, code) ~= nil)",
		replacement: "checker.doubt(true)",
		tests: RUNTIME,
	},
	{
		file: "plugin/runtime/connection.luau",
		original: "elseif not server.secure and not server.loopback then",
		replacement: "elseif false then",
		tests: RUNTIME,
	},
	{
		file: "plugin/runtime/checker.luau",
		original: "clamp(verdict.retryAfter or 0, 0, MAX_RETRY_AFTER_SECONDS)",
		replacement: "0",
		tests: RUNTIME,
	},
	{
		file: "plugin/runtime/checker.luau",
		original: "pause = min(pause * 2, MAX_PAUSE_SECONDS)",
		replacement: "pause = FIRST_PAUSE_SECONDS",
		tests: RUNTIME,
	},
	{
		file: "plugin/runtime/checker.luau",
		original: "silent < HEARTBEAT_SECONDS then",
		replacement: "false then",
		tests: RUNTIME,
	},
	{
		file: "plugin/runtime/checker.luau",
		original: "\t\tif not inStudio then\n\t\t\tschedule",
		replacement: "\t\tif true then\n\t\t\tschedule",
		tests: RUNTIME,
	},
	{
		file: "plugin/runtime/checker.luau",
		original: 'send("GET", WHOAMI, nil, nil, GOODBYE)',
		replacement: 'send("GET", WHOAMI, nil, nil, nil)',
		tests: RUNTIME,
	},
	{
		file: "plugin/runtime/failures.luau",
		original: '{ "number of requests exceeded", "request-limit" }',
		replacement: '{ "number of requests", "connection-lost" }',
		tests: TABLES,
	},
	{
		file: "plugin/runtime/script.luau",
		original: 'pcall(rawset :: any, shared, "AuxvynCore", true)',
		replacement: "shared.AuxvynCore = true",
		tests: THIEF,
	},
	{
		file: "plugin/runtime/script.luau",
		original: 'pcall(rawset :: any, shared, "AuxvynCore", true)',
		replacement: "",
		tests: RUNTIME,
	},
	{
		file: "plugin/src/place/luau-tokens.ts",
		original: '"^[^\\r\\n]*()"',
		replacement: '"^[^\\n]*()"',
		tests: SOURCE,
	},
	{
		file: "plugin/src/place/managed-form.ts",
		original: '(earlier === "named") === hasOptions',
		replacement: "true",
		tests: SOURCE,
	},
	{
		file: "plugin/src/place/source.ts",
		original: 'if (options === undefined && facts.form === "edited") return undefined;',
		replacement: "",
		tests: SOURCE,
	},
	{
		file: "plugin/src/place/plain-table.ts",
		original: 'plain = at === from ? isPlainValue(token) : token.kind === "number"',
		replacement: "plain = true",
		tests: SOURCE,
	},
	{
		file: "plugin/src/place/plain-table.ts",
		original: 'isSymbol(tokens[after], "?")',
		replacement: 'tokens[after]?.kind === "name"',
		tests: FORMS,
	},
	{
		file: "plugin/src/place/plain-table.ts",
		original: 'others.match("^[\\r\\n]")[0] === undefined',
		replacement: "true",
		tests: FORMS,
	},
	{
		file: "plugin/src/place/luau-tokens.ts",
		original: '"^%.?%d[%d_%.]*()"',
		replacement: '"^%.?%d[%w_%.]*()"',
		tests: FORMS,
	},
];
