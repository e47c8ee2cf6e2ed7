import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { runtimeText } from "../../plugin/build/runtime.ts";
import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { writePlace } from "../studio/place-file.ts";
import type { Secrets } from "../studio/studio-options.ts";
import { type GameOptions, openGame as openConnected, PUBLIC } from "./game.ts";
import { type Loop, useLoops } from "./helper.ts";
import { startRuntime } from "./pure-module.ts";

const openLoop = useLoops();

const openGame = (code?: string, options?: GameOptions) => openConnected(openLoop, code, options);

async function expectOutput(loop: Loop, server: number, text: RegExp): Promise<void> {
	await expect
		.poll(async () => (await loop.studio.output(server)).output.join("\n"), { timeout: 10_000 })
		.toMatch(text);
}

test("a published server prints which key it uses, and identifies itself to the backend", async () => {
	const loop = await openGame();
	const { output, server } = await loop.studio.publish();
	expect(output.join("\n")).toContain("Connected: this server uses the key “Production” of Moonlit's workspace.");
	expect(output.join("\n")).not.toContain(await loop.keyInPlace());
	await loop.studio.shutdown(server);
	await loop.server.app.usage.flush();
	const whoami = await loop.server.whoami(await loop.keyInPlace());
	expect(whoami.json<{ key: { lastServerAt: string | null } }>().key.lastServerAt).not.toBeNull();
});

test("game code can send requests with the key to the server, but not to unlisted origins", async () => {
	const loop = await openGame(`
		local response = Client.request("GET", "/v1/whoami")
		print("own", response.StatusCode, Client.status().state)
		for _, target in { "//evil.example/x", "https://evil.example/x", "http://api.moonlit.example/x", "/a\\\\b", "/a b",
			"https://api.moonlit.example@evil.example/x", "https://user@api.moonlit.example/x", "whoami" } do
			print("refused", target, pcall(Client.request, "GET", target))
		end
		print("method", pcall(Client.request, "TRACE", "/v1/whoami"))
		print("header", pcall(Client.request, "GET", "/v1/whoami", nil, { ["x-auxvyn-server"] = "x" }))
		print("header", pcall(Client.request, "GET", "/v1/whoami", nil, { authorization = "Bearer x" }))
		print("header", pcall(Client.request, "GET", "/v1/whoami", nil, { Range = "bytes=0-30" }))
	`);
	const { server, output } = await loop.studio.publish();
	await expectOutput(loop, server, /game code cannot set the header Range/);
	const lines = (await loop.studio.output(server)).output;
	expect(lines.join("\n")).toContain("own 200");
	expect(lines.join("\n")).toMatch(/method false .*the method is none of GET/);
	expect(lines.filter((line) => /header false .*game code cannot set/.test(line))).toHaveLength(3);
	expect(lines.filter((line) => line.startsWith("refused") && line.includes("false"))).toHaveLength(8);
	expect(output.join("\n")).not.toContain(await loop.keyInPlace());
});

test("a revoked key stops the server for good, and the output says what to do", async () => {
	const loop = await openGame(`
		Client.changed:Connect(function(status) print("changed", status.state, status.code) end)
		while task.wait(5) do print(pcall(Client.request, "GET", "/v1/whoami")) end
	`);
	const { server } = await loop.studio.publish();
	await expectOutput(loop, server, /changed connected/);
	const [id] = await loop.activeKeys();
	await loop.person.request("DELETE", `/api/workspaces/${loop.person.workspaceId}/keys/${id}`);
	await loop.advance(6);
	await expectOutput(loop, server, /This game's key was revoked.*click Reconnect in the Auxvyn plugin, publish/);
	await expectOutput(loop, server, /changed stopped revoked_key/);
	await loop.advance(6);
	await expectOutput(loop, server, /false.*was revoked/);
});

test("an unreachable server is retried with backoff until it responds", async () => {
	const loop = await openGame();
	await loop.studio.refuse("http-connect", { match: PUBLIC });
	const { server, output } = await loop.studio.publish();
	expect(output.join("\n")).toMatch(/Nothing responds at .*keys\.moonlit\.example.*Retrying\./);
	await loop.advance(3);
	await loop.studio.allow("http-connect");
	await loop.advance(70);
	await expectOutput(loop, server, /Connected: this server uses/);
	const lines = (await loop.studio.output(server)).output;
	expect(lines.filter((line) => line.includes("Nothing responds"))).toHaveLength(1);
});

test("if HTTP requests are off, the output says where to turn them on", async () => {
	const loop = await openGame("", { http: false });
	const { output } = await loop.studio.publish();
	expect(output.join("\n")).toMatch(/HTTP requests are off.*Allow HTTP Requests, then publish, or play again/);
});

test("a loopback address stops a published server, but works in a playtest", async () => {
	const loop = await openGame("", { loopback: true });
	await loop.studio.play();
	await expect.poll(() => loop.studio.studioOutput("server")).toContainEqual(expect.stringContaining("Connected"));
	await loop.studio.stop();
	const { output } = await loop.studio.publish();
	expect(output.join("\n")).toMatch(
		/can only be reached from that server's own computer.*Set PUBLIC_URL.*delete ServerScriptService.Auxvyn, click Connect, and publish/,
	);
	expect(output.join("\n")).not.toContain("Connected");
	await loop.server.app.usage.flush();
	const whoami = await loop.server.whoami(await loop.keyInPlace(), { "x-auxvyn-protocol": "1" });
	expect(whoami.json()).toMatchObject({ key: { lastServerAt: null } });
});

test("a request before start waits for it, and times out after ten seconds", async () => {
	const loop = await openGame(`
		print("early", pcall(Client.request, "GET", "/v1/whoami"))
		local never = game.ServerScriptService.Auxvyn.Client:Clone()
		print("never", pcall(require(never).request, "GET", "/v1/whoami"))
	`);
	const { server } = await loop.studio.publish();
	await expectOutput(loop, server, /early true/);
	await loop.advance(11);
	await expectOutput(loop, server, /never false .*did not start within ten seconds/);
});

test("in an Actor a request fails at once and says where to call it from", async () => {
	const loop = await openGame('task.wait(1) print("actor", pcall(Client.request, "GET", "/v1/whoami"))', {
		actor: true,
	});
	const { server } = await loop.studio.publish();
	await loop.advance(1);
	await expectOutput(loop, server, /actor false .*called from an Actor/);
});

test("a second start is ignored with a warning, and the module cannot be changed", async () => {
	const loop = await openGame(`
		task.wait(1)
		Client.start("auxvyn_other", "https://evil.example")
		print("frozen", table.isfrozen(Client), pcall(function() Client.request = nil end))
	`);
	const { server } = await loop.studio.publish();
	await loop.advance(2);
	await expectOutput(loop, server, /started already; this call is ignored/);
	await expectOutput(loop, server, /frozen true false/);
});

/** A place with the standalone module, which `code` starts. */
async function openStandalone(code: string, secrets: Secrets = {}): Promise<Loop> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-runtime-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const place = await writePlace(path.join(folder, "game.rbxl"), [
		{
			class: "ServerScriptService",
			children: [
				{ class: "ModuleScript", name: "Client", source: await runtimeText("standalone") },
				{ class: "Script", name: "Game", source: `local Client = require(script.Parent.Client)\n${code}` },
			],
		},
		{ class: "HttpService", properties: { HttpEnabled: true } },
	]);
	return openLoop({ place, secrets, publicName: PUBLIC });
}

async function checksOf(loop: Loop, server: number): Promise<number> {
	const requests = await loop.studio.requests({ server });
	return requests.filter(({ url }) => url.endsWith("/v1/whoami")).length;
}

test("the key can be a Secret, and an unknown key is retried every ten minutes", async () => {
	const secret = generateKey();
	const loop = await openStandalone(`Client.startWithSecret("auxvyn", "${PUBLIC}")`, { auxvyn: secret });
	const { server } = await loop.studio.publish();
	await expectOutput(loop, server, /does not know this game's key.*every ten minutes/);
	expect((await loop.studio.output(server)).output.join("\n")).not.toContain(secret);
	await loop.advance(560);
	expect(await checksOf(loop, server)).toBe(1);
	await loop.advance(80);
	await expect.poll(() => checksOf(loop, server)).toBe(2);
});

test("a missing secret, and one for another domain, are told with what to do, and nothing is thrown", async () => {
	const start = `Client.startWithSecret("auxvyn", "${PUBLIC}") print("went on", Client.status().state)`;
	const loop = await openStandalone(start);
	const missing = await loop.studio.publish();
	await expectOutput(
		loop,
		missing.server,
		/no secret “auxvyn”.*Secrets Store.*https:\/\/keys\.moonlit\.example.*Local Secrets/s,
	);
	await expectOutput(loop, missing.server, /went on stopped/);

	const secret = generateKey();
	const elsewhere = await openStandalone(start, { auxvyn: { value: secret, domain: "other.example" } });
	const { server } = await elsewhere.studio.publish();
	await expectOutput(elsewhere, server, /its domain does not include https:\/\/keys\.moonlit\.example/);
});

test("a request in the standalone module waits for start, and says what is missing", async () => {
	const loop = await openStandalone('print("never", pcall(Client.request, "GET", "/v1/whoami"))');
	const { server } = await loop.studio.publish();
	await loop.advance(11);
	await expectOutput(loop, server, /never false .*Client\.start was not called within ten seconds/);
});

test("an address that is neither https nor this computer's stops the game before anything is sent", async () => {
	const key = generateKey();
	const loop = await openStandalone(`Client.start("${key}", "http://keys.moonlit.example")`);
	const { server, output } = await loop.studio.publish();
	expect(output.join("\n")).toMatch(/not https.*Let the Auxvyn server use https/);
	await loop.advance(700);
	expect(await loop.studio.requests({ server })).toEqual([]);
});

test("a silent server asks again every 60 to 75 seconds, one with requests does not, and both say for how long", async () => {
	const loop = await openGame(
		'while task.wait(20) do if workspace:GetAttribute("Busy") then Client.request("GET", "/healthz") end end',
	);
	const heard: (string | string[] | undefined)[] = [];
	loop.server.app.server.on("request", ({ headers, url }: IncomingMessage) => {
		if (url === "/v1/whoami" && headers["x-auxvyn-server"] !== undefined) heard.push(headers["x-auxvyn-heartbeat"]);
	});
	const { server } = await loop.studio.publish();
	expect(await checksOf(loop, server)).toBe(1);
	await loop.advance(58);
	expect(await checksOf(loop, server)).toBe(1);
	await loop.advance(20);
	expect(await checksOf(loop, server)).toBe(2);
	await loop.studio.run('workspace:SetAttribute("Busy", true)', { server });
	await loop.advance(25);
	await loop.advance(300);
	expect(await checksOf(loop, server)).toBe(2);
	expect(new Set(heard)).toEqual(new Set(["60"]));
});

test("a revocation reaches a silent server by itself", async () => {
	const loop = await openGame();
	const { server } = await loop.studio.publish();
	const [id] = await loop.activeKeys();
	await loop.person.request("DELETE", `/api/workspaces/${loop.person.workspaceId}/keys/${id}`);
	await loop.advance(76);
	await expectOutput(loop, server, /This game's key was revoked/);
	const asked = await checksOf(loop, server);
	await loop.advance(1300);
	expect(await checksOf(loop, server)).toBe(asked);
});

test("a server says goodbye when it shuts down, once", async () => {
	const loop = await openGame();
	const said: (string | string[] | undefined)[] = [];
	const { server } = await loop.studio.publish();
	loop.server.app.server.on("request", ({ headers }: IncomingMessage) => said.push(headers["x-auxvyn-closing"]));
	await loop.studio.shutdown(server);
	expect(said).toEqual(["1"]);
});

test("a playtest asks once, and says that it is one", async () => {
	const loop = await openGame();
	const headers: IncomingMessage["headers"][] = [];
	loop.server.app.server.on("request", (request: IncomingMessage) => {
		if (request.headers["x-auxvyn-protocol"] === undefined) headers.push(request.headers);
	});
	await loop.studio.play();
	await expect.poll(() => loop.studio.studioOutput("server")).toContainEqual(expect.stringContaining("Connected"));
	await loop.advance(300);
	await loop.studio.stop();
	expect(headers).toHaveLength(1);
	expect(headers[0]).toMatchObject({ "x-auxvyn-studio": "1" });
	expect(headers[0]).not.toHaveProperty("x-auxvyn-server");
	expect(headers[0]).not.toHaveProperty("x-auxvyn-heartbeat");
});

test("Retry-After is honoured, and without it the pauses double up to a minute", async () => {
	const loop = await openGame();
	await loop.studio.refuse("http-status", { match: PUBLIC, status: 503, headers: { "Retry-After": "40" } });
	const waiting = await loop.studio.publish();
	await loop.advance(38);
	expect(await checksOf(loop, waiting.server)).toBe(1);
	await loop.advance(4);
	expect(await checksOf(loop, waiting.server)).toBe(2);

	await loop.studio.refuse("http-status", { match: PUBLIC, status: 500 });
	const { server } = await loop.studio.startServer();
	await loop.advance(300);
	const asked = await checksOf(loop, server);
	// 2, 4, 8, 16, 32, 60, 60, … seconds, each shortened by up to a half.
	expect(asked).toBeGreaterThanOrEqual(9);
	expect(asked).toBeLessThanOrEqual(15);
});

test("the game's own faults are told as such", async () => {
	const loop = await openGame('task.wait(1) print("own", pcall(Client.request, "GET", "/v1/whoami", "body"))');
	await loop.studio.refuse("http-limit", { match: PUBLIC });
	const { server, output } = await loop.studio.publish();
	expect(output.join("\n")).toMatch(/This game server has used up .*500.* Nothing is wrong with https:\/\/keys/);
	await loop.advance(2);
	await expectOutput(loop, server, /own false .*Nothing was sent: a GET request cannot have a body\./);
});

test("an API's own 401 stops nothing, however often, and is followed by one check a minute", async () => {
	const loop = await openGame(
		'while task.wait(2) do print("api", Client.request("GET", "https://api.moonlit.example/x").StatusCode) end',
	);
	await loop.studio.run(
		`local s = game.ServerScriptService.Auxvyn s.Source = s.Source:gsub("apis = {}", 'apis = { "https://api.moonlit.example" }')`,
	);
	await loop.studio.refuse("http-status", { match: "api.moonlit", status: 401, body: '{"code":"revoked_key"}' });
	const { server } = await loop.studio.publish();
	await loop.advance(120);
	const { output } = await loop.studio.output(server);
	expect(output.filter((line) => line === "api 401").length).toBeGreaterThan(40);
	expect(output.join("\n")).not.toMatch(/revoked|stopped/);
	expect(await checksOf(loop, server)).toBeLessThanOrEqual(3);
});

test("a stopped server stays stopped, whatever is answered late", async () => {
	const luau = await startRuntime(`late = function()
		local status = createStatus("", { Fire = function() end } :: any)
		status.apply({ kind = "stop", message = "gone", code = "revoked_key" })
		status.apply({ kind = "accepted", message = "back" })
		return status.current().state
	end`);
	expect(await luau("runtime", "late")).toBe("stopped");
});

test("a 401 from a proxy is not treated as a refused key", async () => {
	const loop = await openGame();
	await loop.studio.refuse("http-status", { match: "/v1/whoami", status: 401, body: "Proxy" });
	const { output } = await loop.studio.publish();
	expect(output.join("\n")).toMatch(/Something between this game and the Auxvyn server refused.*every ten minutes/);
});
