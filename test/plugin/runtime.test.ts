import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { formatKey } from "../../shared/key-format.ts";
import { type PlaceDescription, writePlace } from "../studio/place-file.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

const PUBLIC = "https://keys.moonlit.example";

/** A connected place with game code. HTTP requests are allowed by default. */
async function openGame(
	code = "",
	options: { http?: boolean; loopback?: boolean; actor?: boolean; secrets?: Record<string, string> } = {},
): Promise<Loop> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-runtime-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const source = `local Client = require(game.ServerScriptService:WaitForChild("Auxvyn"):WaitForChild("Client"))\n${code}`;
	const script: PlaceDescription = { class: "Script", name: "Game", source };
	const game = options.actor === true ? { class: "Actor", name: "Actor", children: [script] } : script;
	const place = await writePlace(path.join(folder, "game.rbxl"), [
		{ class: "ServerScriptService", children: code === "" ? [] : [game] },
		{ class: "HttpService", properties: { HttpEnabled: options.http ?? true } },
	]);
	const loop = await openLoop({
		place,
		secrets: options.secrets ?? {},
		...(options.loopback === true ? {} : { publicName: PUBLIC }),
	});
	await loop.connect();
	return loop;
}

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
		print("header", pcall(Client.request, "GET", "/v1/whoami", nil, { authorization = "Bearer x" }))
	`);
	const { server, output } = await loop.studio.publish();
	await expectOutput(loop, server, /header false .*Nothing was sent/);
	const lines = (await loop.studio.output(server)).output;
	expect(lines.join("\n")).toContain("own 200");
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
	expect(output.join("\n")).toContain("Cannot reach the Auxvyn server (HttpError: ConnectFail). Retrying.");
	await loop.advance(3);
	await loop.studio.allow("http-connect");
	await loop.advance(70);
	await expectOutput(loop, server, /Connected: this server uses/);
	const lines = (await loop.studio.output(server)).output;
	expect(lines.filter((line) => line.includes("Cannot reach"))).toHaveLength(1);
});

test("if HTTP requests are off, the output says where to turn them on", async () => {
	const loop = await openGame("", { http: false });
	const { output } = await loop.studio.publish();
	expect(output.join("\n")).toMatch(/HTTP requests are off.*Allow HTTP Requests, and publish/);
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
		never:SetAttribute("AuxvynStarted", nil)
		print("never", pcall(require(never).request, "GET", "/v1/whoami"))
	`);
	const { server } = await loop.studio.publish();
	await expectOutput(loop, server, /early true/);
	await loop.advance(11);
	await expectOutput(loop, server, /never false .*was not called within ten seconds/);
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
	await expectOutput(loop, server, /was called before; this call is ignored/);
	await expectOutput(loop, server, /frozen true false/);
});

test("the key can be a Secret, and an unknown key is retried every ten minutes", async () => {
	const secret = formatKey(randomBytes(26).toString("hex")) ?? "";
	const code = `
		local copy = game.ServerScriptService.Auxvyn.Client:Clone()
		copy:SetAttribute("AuxvynStarted", nil)
		require(copy).start(game:GetService("HttpService"):GetSecret("auxvyn"), "${PUBLIC}")
	`;
	const loop = await openGame(code, { secrets: { auxvyn: secret } });
	let checks = 0;
	loop.server.app.server.on("request", ({ headers }: IncomingMessage) => {
		if (headers.authorization === `Bearer ${secret}`) checks += 1;
	});
	const { server } = await loop.studio.publish();
	await expectOutput(loop, server, /does not know this game's key.*every ten minutes/);
	expect((await loop.studio.output(server)).output.join("\n")).not.toContain(secret);
	expect(checks).toBe(1);
	await loop.advance(300);
	await loop.advance(500);
	await expect.poll(() => checks).toBe(2);
});

test("a 401 from a proxy is not treated as a refused key", async () => {
	const loop = await openGame();
	await loop.studio.refuse("http-status", { match: "/v1/whoami", status: 401, body: "Proxy" });
	const { output } = await loop.studio.publish();
	expect(output.join("\n")).toMatch(/Something between this game and the Auxvyn server refused.*every ten minutes/);
});
