import { expect, test } from "vitest";

import { checkScripts, describeFinding } from "./check-scripts.ts";

const CLIENT = `--!strict
local Target = require(script.Target)

export type Status = { state: "starting" | "connected", message: string }

local Client = {}

function Client.status(): Status
	return { state = "starting", message = "" }
end

function Client.request(method: string, target: string, body: string?): Target.Target
	return Target.parse(method .. target .. (body or ""))
end

return table.freeze(Client)
`;
const TARGET = `--!strict
export type Target = { host: string }

local Target = {}

function Target.parse(text: string): Target
	return { host = text }
end

return Target
`;

/** What the checker says of a strict script in a place with a typed module. */
async function findingsIn(lines: string): Promise<string[]> {
	const findings = await checkScripts({
		"ServerScriptService/Auxvyn.server.luau": "print(script.Client.Name)\n",
		"ServerScriptService/Auxvyn/Client.luau": CLIENT,
		"ServerScriptService/Auxvyn/Client/Target.luau": TARGET,
		"ServerScriptService/Game.server.luau": `--!strict\n${lines}\n`,
	});
	return findings.map(describeFinding);
}

const REQUIRE = 'local Auxvyn = require(game:GetService("ServerScriptService").Auxvyn.Client)\n';

test("a module that is required by its instances is known with its types", async () => {
	const lines = `${REQUIRE}local status: Auxvyn.Status = Auxvyn.status()
print(status.message, Auxvyn.request("GET", "/v1/whoami").host)
if status.state == "connected" then
	print(Auxvyn.request("GET", "/"))
end`;
	expect(await findingsIn(lines)).toEqual([]);
});

test.each([
	[
		"an argument of another type",
		`${REQUIRE}print(Auxvyn.request("GET", 1))`,
		"Expected this to be 'string', but got 'number'",
	],
	["a missing argument", `${REQUIRE}print(Auxvyn.request("GET"))`, "expects 2 to 3 arguments"],
	["a field that the module has not", `${REQUIRE}print(Auxvyn.stauts())`, "Key 'stauts' not found"],
	["a state that does not exist", `${REQUIRE}local state: "gone" = Auxvyn.status().state\nprint(state)`, '"gone"'],
	["a type that the module does not export", `${REQUIRE}local s: Auxvyn.State = Auxvyn.status()\nprint(s)`, "State"],
	["a module that is not there", "print(require(script.Parent.Auxvyn.Clinet))", "Clinet"],
	["a child that the script has not", "print(script.Client)", "Key 'Client' not found"],
	["a service that is not Roblox's", 'print(game:GetService("HtpService"))', "None of the overloads"],
	["a misspelt global", "prnit(1)", "Unknown global 'prnit'"],
	["a syntax error", "local = 1", "Expected identifier"],
	["a method that an instance has not", 'game:GetService("HttpService"):GetAsync("https://a")', "GetAsync"],
	["a lint warning", "local unused = 1", "never used"],
])("finds %s", async (_what, lines, message) => {
	const findings = await findingsIn(lines);
	expect(findings.join("\n")).toContain(message);
	for (const finding of findings) expect(finding).toMatch(/^ServerScriptService\/Game:[23]:\d+: /);
});

test("a script that does not ask to be strict is checked as Studio does by default", async () => {
	const sources = (mode: string) => ({
		"ServerScriptService/Game.server.luau": `${mode}local function add(a, b)\n\treturn a + b\nend\nprint(add(1, nil))\n`,
	});
	expect(await checkScripts(sources(""))).toEqual([]);
	expect(await checkScripts(sources("--!strict\n"))).not.toEqual([]);
});
