import { readFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { runtimeText } from "../../plugin/build/runtime.ts";
import { THROWN_FAILURES } from "../../shared/failures.ts";
import { HEADERS, type RetirementState, ROUTES } from "../../shared/wire.ts";
import { checkScripts, describeFinding } from "../luau/check-scripts.ts";
import { startPureModules, startRuntime } from "./pure-module.ts";

const MANAGED =
	'local KEY = "auxvyn_"\nlocal ADDRESS = "https://keys.example.com"\n\nlocal options = { apis = {} }\n\n';

test("the runtime's names on the wire are the shared ones", async () => {
	const quoted = [...(await runtimeText("core")).matchAll(/"(X-Auxvyn-[\w-]+|\/v1\/[\w-]+)"/g)].map(
		(match) => match[1],
	);
	const { studio, server, place, placeVersion, heartbeat, closing } = HEADERS;
	const expected = [studio, server, place, placeVersion, heartbeat, closing, ROUTES.whoami];
	expect(new Set(quoted)).toEqual(new Set(expected));
});

test("the runtime knows the states of a retirement, and takes nothing else for one", async () => {
	const luau = await startRuntime("rotations = function() return ROTATIONS end");
	const states: Record<RetirementState, RetirementState> = { waiting: "waiting", asking: "asking", done: "done" };
	expect(await luau("runtime", "rotations")).toEqual(states);
});

test("game and plugin tell the same failures apart, and each has words for all of them", async () => {
	const luau = await startRuntime("thrown = function() return THROWN end, words = function() return WORDS end");
	const rows = (await luau("runtime", "thrown")) as [string, string][];
	// Only games have secrets.
	expect(rows.filter(([, kind]) => !kind.includes("secret"))).toEqual(THROWN_FAILURES);
	const words = (await luau("runtime", "words")) as Record<string, string>;
	const answered = ["studio", "overloaded", "server-error", "invalid-response", "unauthorized"];
	expect(new Set(Object.keys(words))).toEqual(new Set([...rows.map(([, kind]) => kind), ...answered]));

	const plugin = await startPureModules();
	for (const [, kind] of THROWN_FAILURES) {
		const text = (await plugin("ui/text/failure-text", "failureText", { kind }, "keys.example.com")) as {
			title?: string;
		};
		expect(text.title, kind).toBeTruthy();
	}
});

test("the server is not blamed for the game's own faults, and the words are not cut by patterns", async () => {
	const luau = await startRuntime("read = readThrown");
	const read = async (thrown: string) =>
		(await luau("runtime", "read", thrown, "https://100%.example")) as { kind: string; message: string; soon: boolean };
	for (const thrown of ["Number of requests exceeded limit", "HttpError: TooManyOutstandingRequests"]) {
		const { message, soon } = await read(thrown);
		expect(message).toMatch(/^This game server has .*Nothing is wrong with https:\/\/100%\.example/);
		expect(soon).toBe(true);
	}
	const key = `auxvyn_${"0".repeat(60)}`;
	expect((await read(`HttpError: Unknown ${key}\nx`)).message).toContain("auxvyn_… x");
	expect(await read("The current thread cannot call 'RequestAsync' (lacking capability Network)")).toMatchObject({
		kind: "no-network",
		soon: false,
	});
});

test("Luau's analyser finds nothing in the managed Script, its Client and the standalone module", async () => {
	const [core, client, standalone] = [
		await runtimeText("core"),
		await runtimeText("client"),
		await runtimeText("standalone"),
	];
	const findings = await checkScripts({
		"ServerScriptService/Auxvyn.server.luau": MANAGED + core,
		"ServerScriptService/Auxvyn/Client.luau": client,
		"ServerScriptService/Strict.server.luau": `--!strict\n${MANAGED}${core}`,
		"ServerStorage/Client.luau": standalone,
		"ServerScriptService/Game.server.luau": [
			"--!strict",
			'local ServerScriptService = game:GetService("ServerScriptService")',
			'local ServerStorage = game:GetService("ServerStorage")',
			"local Client = require(ServerScriptService.Auxvyn.Client)",
			"local Standalone = require(ServerStorage.Client)",
			'local response: Client.Response = Client.request("POST", "/v1/x", { score = 3, tags = { "a" } }, { ["X-A"] = "b" })',
			"print(response.StatusCode, response.Body)",
			"Client.changed:Connect(function(status: Client.Status)",
			'\tif status.state == "stopped" then',
			"\t\twarn(status.message, status.code)",
			"\tend",
			"\tlocal rotation: Client.Rotation? = status.rotation",
			'\tif rotation == "done" then',
			"\t\tprint(rotation)",
			"\tend",
			"end)",
			'Standalone.startWithSecret("auxvyn", "https://keys.example.com", { apis = { "https://api.example.com" } })',
			'Standalone.start(game:GetService("HttpService"):GetSecret("auxvyn"), "https://keys.example.com")',
			"",
		].join("\n"),
	});
	expect(findings.map(describeFinding)).toEqual([]);
});

test.each([
	['Client.request("GET")', "argument"],
	['Client.request("GET", 1)', "string"],
	['Client.request("POST", "/x", 5)', "number"],
	['Client.request("GET", "/x", nil, { [1] = "x" })', "number"],
	['local state: "gone" = Client.status().state print(state)', "gone"],
	["print(Client.stauts())", "stauts"],
])("Luau's analyser finds the mistake in %s", async (code, message) => {
	const findings = await checkScripts({
		"ServerScriptService/Auxvyn.server.luau": "print(script.Client.Name)\n",
		"ServerScriptService/Auxvyn/Client.luau": await runtimeText("client"),
		"ServerScriptService/Game.server.luau": `--!strict\nlocal Client = require(game:GetService("ServerScriptService").Auxvyn.Client)\n${code}\n`,
	});
	expect(findings.map(describeFinding).join("\n")).toContain(message);
});

test("Luau's analyser finds nothing in the examples of the documents", async () => {
	const root = path.join(import.meta.dirname, "..", "..");
	const documents = await Promise.all(
		["README.md", "docs/rojo-and-ci.md", "docs/runtime.md"].map((file) => readFile(path.join(root, file), "utf8")),
	);
	const examples = documents.flatMap((text) =>
		[...text.matchAll(/```lua\n(--!strict\n.*?)```/gs)].map((match) => match[1] ?? ""),
	);
	expect(examples.length).toBeGreaterThanOrEqual(4);
	const findings = await checkScripts({
		"ServerScriptService/Auxvyn.server.luau": "print(script.Client.Name)\n",
		"ServerScriptService/Auxvyn/Client.luau": await runtimeText("client"),
		"ServerScriptService/Client.luau": await runtimeText("standalone"),
		...Object.fromEntries(examples.map((code, index) => [`ServerScriptService/Example${index}.server.luau`, code])),
	});
	expect(findings.map(describeFinding)).toEqual([]);
});
