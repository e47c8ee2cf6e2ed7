import type { Mutant } from "./mutant.ts";

const STUDIO = "test/studio";
const FAULTS = ["studio/faults.test.ts"];
const RUNS = ["studio/script-runs.test.ts"];
const BINDABLES = ["studio/bindables.test.ts"];
const HTTP = ["studio/http.test.ts"];

/** The headless Studio must not be kinder than Roblox. */
export const harness: Mutant[] = [
	{
		file: `${STUDIO}/services/script-editor-service.luau`,
		original: "store(world, native, normalize(text))",
		replacement: "store(world, native, text)",
		tests: FAULTS,
	},
	{
		file: `${STUDIO}/services/script-editor-service.luau`,
		original: 'not (how == "abandoned" and context.dead)',
		replacement: 'how ~= "abandoned"',
		tests: FAULTS,
	},
	{
		file: `${STUDIO}/services/http-rules.luau`,
		original: 'elseif method == "GET" or method == "HEAD" then',
		replacement: 'elseif method == "GET" then',
		tests: HTTP,
	},
	{
		file: `${STUDIO}/services/json.luau`,
		original: "encode(tostring(key), parents, strict)",
		replacement: "quote(tostring(key))",
		tests: HTTP,
	},
	{
		file: `${STUDIO}/services/secret.luau`,
		original: 'return domain == "*" or',
		replacement: 'return domain == "" or domain == "*" or',
		tests: ["studio/servers.test.ts"],
	},
	{
		file: `${STUDIO}/services/http-limits.luau`,
		original: "while budget.running >= (fault.count or AT_ONCE) do",
		replacement: "while budget.running > (fault.count or AT_ONCE) do",
		tests: FAULTS,
	},
	{
		file: `${STUDIO}/services/http-faults.luau`,
		original: "local _, late = active.take",
		replacement: "local late = active.take",
		tests: FAULTS,
	},
	{
		file: `${STUDIO}/services/faults.luau`,
		original: "fault.seen < fault.nth",
		replacement: "fault.seen + 1 < fault.nth",
		tests: FAULTS,
	},
	{
		file: `${STUDIO}/services/change-history-service.luau`,
		original: 'if operation == "Cancel" and world.faults.take("cancel") then',
		replacement: "if false then",
		tests: FAULTS,
	},
	{
		file: `${STUDIO}/session/plugin-host.luau`,
		original: "loaded.context.dead = true",
		replacement: "loaded.context.dead = false",
		tests: FAULTS,
	},
	{
		file: `${STUDIO}/engine/signal.luau`,
		original: "threads.create(handler.fn, handler.run)",
		replacement: "threads.create(handler.fn)",
		tests: RUNS,
	},
	{
		file: `${STUDIO}/session/scripts.luau`,
		original: "if own and own.dead then",
		replacement: "if false then",
		tests: RUNS,
	},
	{
		file: `${STUDIO}/engine/call-stack.luau`,
		original: "if exposed[fn] then",
		replacement: "if false then",
		tests: RUNS,
	},
	{
		file: `${STUDIO}/engine/transfer.luau`,
		original: "if rawget(value, 1) ~= nil then",
		replacement: "if value[1] ~= nil then",
		tests: BINDABLES,
	},
	{
		file: `${STUDIO}/engine/transfer.luau`,
		original: 'if opaque.typeof(plain) == "userdata" then nil else plain',
		replacement: "plain",
		tests: BINDABLES,
	},
	{
		file: `${STUDIO}/engine/classes.luau`,
		original: 'then nil else "Instance"',
		replacement: "then nil else nil",
		tests: ["studio/corpus.test.ts"],
	},
];
