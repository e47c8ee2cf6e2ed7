import { beforeAll, describe, expect, test } from "vitest";

import { listen, openBench, unusedAddress } from "./helper.ts";
import { type PlaceDescription, writePlace } from "./place-file.ts";
import type { ServerOutput } from "./studio-types.ts";

const { studio, file } = await openBench();

const printing = (name: string) => `print("${name}")`;

function script(name: string, more: Partial<PlaceDescription> = {}): PlaceDescription {
	return { class: "Script", name, source: printing(name), ...more };
}

async function open(services: PlaceDescription[], facts?: "unpublished"): Promise<void> {
	await studio.open(await writePlace(file("place.rbxl"), services), { facts: facts ?? "published" });
}

describe("a published game's server", () => {
	beforeAll(async () => {
		const server = { RunContext: "Server" };
		const elsewhere = (className: string) => ({
			class: className,
			children: [script(`${className} legacy`), script(`${className} server`, { properties: server })],
		});
		await open([
			elsewhere("ServerScriptService"),
			elsewhere("Workspace"),
			elsewhere("ReplicatedStorage"),
			elsewhere("ServerStorage"),
			{
				class: "ServerScriptService",
				children: [
					script("client", { properties: { RunContext: "Client" } }),
					script("disabled", { properties: { Disabled: true } }),
					script("not archivable", { properties: { Archivable: false } }),
					{ class: "LocalScript", name: "local", source: printing("local") },
					{ class: "ModuleScript", name: "module", source: printing("module") },
				],
			},
		]);
	});

	test("runs all server-side scripts and no others", async () => {
		const { output } = await studio.publish();
		expect(output.sort()).toEqual([
			"ReplicatedStorage server",
			"ServerScriptService legacy",
			"ServerScriptService server",
			"Workspace legacy",
			"Workspace server",
		]);
	});
});

test("servers run concurrently, each with its own JobId and the latest version at its start", async () => {
	const source = "local game, place = game, game.PlaceVersion print(game.JobId, place, game.PlaceId > 0)";
	await open([{ class: "ServerScriptService", children: [script("facts", { source })] }]);
	const servers = [await studio.publish(), await studio.startServer(), await studio.publish()];
	// The place was published before, in the test above.
	expect(servers.map((server) => server.version)).toEqual([9, 9, 10]);
	expect(new Set(servers.map((server) => server.jobId)).size).toBe(3);
	for (const server of servers) expect(server.output).toEqual([`${server.jobId} ${server.version} true`]);
});

test("servers run older versions and other places, each with what was published then", async () => {
	const source = (text: string) => `print("${text}", game.PlaceId, game.PlaceVersion)`;
	const write = (text: string) =>
		writePlace(file(`${text}.rbxl`), [
			{ class: "ServerScriptService", children: [script("facts", { source: source(text) })] },
		]);
	const [first, second, other] = [await write("first"), await write("second"), await write("other")];
	const printed = async (server: Promise<ServerOutput>) => (await server).output;
	await studio.open(first, { factOverrides: { placeId: 71, placeVersion: 3 } });
	expect(await printed(studio.publish())).toEqual(["first 71 4"]);
	await studio.open(second, { factOverrides: { placeId: 71, placeVersion: 3 } });
	expect(await printed(studio.publish())).toEqual(["second 71 5"]);
	expect(await printed(studio.startServer({ version: 4 }))).toEqual(["first 71 4"]);
	await studio.open(other, { factOverrides: { placeId: 72, placeVersion: 3 } });
	expect(await printed(studio.publish())).toEqual(["other 72 4"]);
	expect(await printed(studio.startServer())).toEqual(["other 72 4"]);
	expect(await printed(studio.startServer({ place: "71" }))).toEqual(["second 71 5"]);
	await expect(studio.startServer({ version: 9 })).rejects.toThrow("Version 9");
	await expect(studio.startServer({ place: "73" })).rejects.toThrow("Place 73 has not been published");
});

test("a server that crashes runs nothing any more, not even BindToClose", async () => {
	const source = `game:BindToClose(function() print("closing") end) while task.wait(1) do print("alive") end`;
	await open([{ class: "ServerScriptService", children: [script("closes", { source })] }]);
	const { server } = await studio.publish();
	await studio.advance(1.5);
	expect((await studio.crash(server)).output).toEqual(["alive"]);
	await studio.advance(5);
	expect((await studio.output(server)).output).toEqual(["alive"]);
	await expect(studio.shutdown(server)).rejects.toThrow("already shut down");
});

test("addresses of an origin take turns, and can be changed while servers run", async () => {
	const [one, other] = [
		await listen((_request, response) => response.end("one")),
		await listen((_request, response) => response.end("other")),
	];
	const origin = "https://api.example.com";
	await studio.raw({
		do: "open",
		file: await writePlace(file("place.rbxl"), [{ class: "HttpService", properties: { HttpEnabled: true } }]),
		facts: "published",
		network: { [origin]: [one, other] },
	});
	const { server } = await studio.publish();
	const get = () => studio.run(`game.HttpService:GetAsync("${origin}/")`, { server });
	expect([await get(), await get(), await get()]).toEqual(["one", "other", "one"]);
	await studio.route(origin, other);
	expect([await get(), await get()]).toEqual(["other", "other"]);
	await expect(studio.route(origin, [])).rejects.toThrow("list of addresses");
});

test("publishing a place for the first time gives it its ids", async () => {
	const source = "print(game.PlaceId, game.GameId, game.PlaceVersion)";
	await open([{ class: "ServerScriptService", children: [script("facts", { source })] }], "unpublished");
	expect((await studio.publish()).output).toEqual(["4801231234 1650881234 1"]);
});

test("game scripts have no plugin global, and can read neither Source nor IsEdit", async () => {
	const source = `
		print(plugin, game:GetService("RunService"):IsStudio(), game:GetService("RunService"):IsServer())
		print(pcall(function() return script.Source end))
		print(pcall(function() return game:GetService("RunService"):IsEdit() end))
	`;
	await open([{ class: "ServerScriptService", children: [script("curious", { source })] }]);
	expect((await studio.publish()).output).toEqual([
		"nil false true",
		"false The current thread cannot read 'Source' (lacking capability PluginOrOpenCloud)",
		"false The current thread cannot call 'IsEdit' (lacking capability Plugin)",
	]);
});

test("requests need Allow HTTP Requests, from the place file or set by the user", async () => {
	const source = `
		print(select(2, pcall(function() return game:GetService("HttpService"):GetAsync("${await unusedAddress()}") end)))
	`;
	const services = [{ class: "ServerScriptService", children: [script("asks", { source })] }];
	const refused = "Http requests are not enabled. Enable via game settings";
	await open(services);
	expect((await studio.publish()).output).toEqual([refused]);
	await open([...services, { class: "HttpService", properties: { HttpEnabled: true } }]);
	expect((await studio.publish()).output).toEqual(["HttpError: ConnectFail"]);
	await open(services);
	await studio.allow("http");
	expect((await studio.publish()).output).toEqual(["HttpError: ConnectFail"]);
});

test("output lines have the level print, warn or error", async () => {
	const source = 'print("one", 2) warn("careful") error("broken")';
	await open([{ class: "ServerScriptService", children: [script("loud", { source })] }]);
	const { output, levels } = await studio.publish();
	expect(levels).toEqual(["print", "warn", "error"]);
	expect(output.slice(0, 2)).toEqual(["one 2", "careful"]);
	expect(output[2]).toBe("ServerScriptService.loud:1: broken");
});

test("a secret can be sent in headers but not read", async () => {
	let authorization: string | undefined;
	const url = await listen((request, response) => {
		authorization = request.headers.authorization;
		response.end("ok");
	});
	const source = `
		local HttpService = game:GetService("HttpService")
		local secret = HttpService:GetSecret("auxvyn")
		print(secret, typeof(secret), pcall(function() return "Bearer " .. secret end))
		print(HttpService:GetAsync("${url}", false, { Authorization = secret:AddPrefix("Bearer ") }))
		print(pcall(HttpService.GetSecret, HttpService, "other"))
	`;
	const services = [
		{ class: "ServerScriptService", children: [script("secretive", { source })] },
		{ class: "HttpService", properties: { HttpEnabled: true } },
	];
	const place = await writePlace(file("place.rbxl"), services);
	await studio.raw({ do: "open", file: place, facts: "published", secrets: { auxvyn: "the value" } });
	const { output } = await studio.publish();
	expect(output[0]).toMatch(/^Secret\(auxvyn\) Secret false .*attempt to concatenate/);
	expect(output.slice(1)).toEqual(["ok", "false Can't find secret with given key"]);
	expect(authorization).toBe("Bearer the value");
	expect(output.join()).not.toContain("the value");
});

test("a secret goes only to its domain, and playtests see only Local Secrets", async () => {
	const url = await listen((_request, response) => response.end("ok"));
	const name = "api.example.com";
	const secrets = Object.fromEntries(
		["", "*", "*.example.com", name, "other.com"].map((domain) => [domain, { value: "v", domain }]),
	);
	await studio.raw({
		do: "open",
		file: await writePlace(file("place.rbxl"), [{ class: "HttpService", properties: { HttpEnabled: true } }]),
		facts: "published",
		network: { [`https://${name}`]: url },
		secrets,
		localSecrets: { local: "v" },
	});
	const send = (key: string) => `pcall(function()
		return game.HttpService:GetAsync("https://${name}/", false, { A = game.HttpService:GetSecret("${key}") })
	end)`;
	const { server } = await studio.publish();
	for (const domain of ["*", "*.example.com", name]) expect(await studio.run(send(domain), { server })).toBe("true ok");
	for (const domain of ["", "other.com"]) {
		expect(await studio.run(send(domain), { server })).toContain("does not match the request's");
	}
	expect(await studio.run(send("local"), { server })).toContain("Can't find secret with given key");
	await studio.play();
	const get = (key: string) => `pcall(game.HttpService.GetSecret, game.HttpService, "${key}")`;
	expect(await studio.run(get("local"), { copy: "server" })).toBe("true Secret(local)");
	expect(await studio.run(get("*"), { copy: "server" })).toContain("Can't find secret with given key");
	await studio.stop();
});

test("shutdown waits for BindToClose, and nothing runs afterwards", async () => {
	const source = `
		game:BindToClose(function() print("closing") task.wait(0.2) print("closed") end)
		task.spawn(function() while true do task.wait(30) print("alive") end end)
	`;
	await open([{ class: "ServerScriptService", children: [script("closes", { source })] }]);
	const { server } = await studio.publish();
	await studio.advance(31);
	expect((await studio.shutdown(server)).output).toEqual(["alive", "closing", "closed"]);
	await studio.advance(300);
	expect((await studio.output(server)).output).toHaveLength(3);
	await expect(studio.shutdown(server)).rejects.toThrow("already shut down");
});

test("scripts in an Actor share neither globals nor modules with others", async () => {
	const module = { class: "ModuleScript", name: "Shared", source: "return {}" };
	const reads =
		"task.wait() local shared = require(game.ServerStorage.Shared) print(script:GetActor(), _G.mark, shared.mark)";
	const writes = 'local shared = require(game.ServerStorage.Shared) _G.mark = "set" shared.mark = "set"';
	await open([
		{ class: "ServerStorage", children: [module] },
		{
			class: "ServerScriptService",
			children: [
				script("writes", { source: writes }),
				script("reads", { source: reads }),
				{ class: "Actor", children: [script("apart", { source: reads })] },
			],
		},
	]);
	const { server } = await studio.publish();
	await studio.waitForOutput(server, "Actor nil");
	expect((await studio.waitForOutput(server, "set set")).output.sort()).toEqual(["Actor nil nil", "nil set set"]);
});
