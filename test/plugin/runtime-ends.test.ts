import type { IncomingMessage } from "node:http";

import { expect, test } from "vitest";

import { HEADERS } from "../../shared/wire.ts";
import { openGame } from "./game.ts";
import { useLoops } from "./helper.ts";

const openLoop = useLoops();

test("a goodbye that nobody answers holds the shutdown for three seconds, and no longer", async () => {
	const loop = await openGame(openLoop);
	const { server } = await loop.studio.publish();
	await loop.studio.waitForOutput(server, "Connected");
	await loop.studio.refuse("http-timeout", { match: "/v1/whoami", seconds: 600 });
	const before = Number(await loop.studio.run("os.clock()"));
	await loop.studio.shutdown(server);
	const held = Number(await loop.studio.run("os.clock()")) - before;
	expect(held).toBeGreaterThan(2);
	expect(held).toBeLessThan(10);
	const requests = await loop.studio.requests({ server });
	expect(requests).toHaveLength(2);
});

/** As game code might write them. */
const SPELLINGS = (name: string) => [name, name.toLowerCase(), name.toUpperCase(), ` ${name}`, `${name} `];

test("game code cannot set what identifies its server", async () => {
	const names = Object.values(HEADERS).filter((name) => name.startsWith("X-Auxvyn-"));
	expect(names.length).toBeGreaterThan(5);
	const list = [...names, "X-Auxvyn-Anything", "Proxy-Authorization"].flatMap(SPELLINGS);
	const loop = await openGame(
		openLoop,
		`for _, name in { ${list.map((name) => JSON.stringify(name)).join(", ")} } do
			print(if pcall(Client.request, "GET", "/healthz", nil, { [name] = "forged" }) then "taken" else "refused", name)
		end
		print(Client.request("GET", "/healthz", nil, { ["X-Game"] = "ours" }).StatusCode, "in the end")`,
	);
	const heard: IncomingMessage["headers"][] = [];
	loop.server.app.server.on("request", ({ headers, url }: IncomingMessage) => {
		if (url === "/healthz") heard.push(headers);
	});
	const { server, jobId } = await loop.studio.publish();
	const { output } = await loop.studio.waitForOutput(server, "in the end");
	expect(output.filter((line) => line.startsWith("taken"))).toEqual([]);
	expect(output.filter((line) => line.startsWith("refused"))).toHaveLength(list.length);
	expect(heard).toMatchObject([{ "x-game": "ours", "x-auxvyn-server": jobId }]);
	expect(JSON.stringify(heard)).not.toContain("forged");
});

test("an answer that was on its way when the key was revoked does not revive the server", async () => {
	const loop = await openGame(
		openLoop,
		`workspace.AttributeChanged:Wait()
		print("late", pcall(Client.request, "GET", "/healthz"))
		print("then", Client.status().state, pcall(Client.request, "GET", "/healthz"))`,
	);
	const { server } = await loop.studio.publish();
	await loop.studio.waitForOutput(server, "Connected");
	await loop.studio.refuse("http-late", { match: "/healthz", seconds: 200, times: 1 });
	await loop.studio.run('workspace:SetAttribute("Go", true)', { server });
	const [id] = await loop.activeKeys();
	await loop.person.request("DELETE", `/api/workspaces/${loop.person.workspaceId}/keys/${id}`);
	await loop.advance(80);
	const asked = (await loop.studio.requests({ server })).length;
	expect((await loop.studio.output(server)).output.join("\n")).toContain("This game's key was revoked");
	await loop.advance(1000);
	const { output } = await loop.studio.waitForOutput(server, "then");
	expect(output.join("\n")).toMatch(/late true[^]*then stopped false .*was revoked/);
	expect((await loop.studio.requests({ server })).length).toBe(asked);
	await loop.studio.shutdown(server);
	expect((await loop.studio.requests({ server })).length).toBe(asked);
});
