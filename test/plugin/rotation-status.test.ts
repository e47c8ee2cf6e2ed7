import { expect, test } from "vitest";

import { openGame } from "./game.ts";
import { useLoops } from "./helper.ts";
import { startRuntime } from "./pure-module.ts";

const openLoop = useLoops();

const SHOWS = `print("begins", Client.status().rotation)
Client.changed:Connect(function(status) print("rotation", status.state, status.rotation) end)`;

test("a game server's status says how far the rotation is, and changed fires when that changes, and is not repeated", async () => {
	const loop = await openGame(openLoop, SHOWS);
	// Hidden, the widget asks nothing.
	await loop.studio.click("Auxvyn");
	const { server } = await loop.studio.publish();
	const lines = async () => (await loop.studio.output(server)).output.filter((line) => line.startsWith("rotation"));
	const answer = async (rotation: unknown) => {
		const body = { workspace: { id: "ws_1", name: "Moonlit" }, key: { id: "key_1", label: "Production" }, rotation };
		await loop.studio.refuse("http-status", { match: "/v1/whoami", status: 200, body: JSON.stringify(body) });
		await loop.advance(76);
		await loop.studio.allow("http-status");
	};
	await answer({ state: "waiting" });
	const printed = (await loop.studio.output(server)).output.length;
	await answer({ state: "waiting" });
	await answer({ state: "done" });
	await answer({ state: "auxvyn_secret" });
	await answer("done");
	const connected = ["waiting", "done", "nil"].map((state) => `rotation connected ${state}`);
	await expect.poll(lines).toEqual(expect.arrayContaining(connected));
	expect((await lines()).slice(-3)).toEqual(connected);
	// Nothing else is said.
	expect((await loop.studio.output(server)).output.length).toBe(printed + 2);
});

test("a game that asks by itself, so that the runtime does not, learns of it too", async () => {
	const loop = await openGame(openLoop, `${SHOWS}\nwhile task.wait(20) do Client.request("GET", "/v1/whoami") end`);
	const { server } = await loop.studio.publish();
	const body = JSON.stringify({
		workspace: { id: "ws_1", name: "Moonlit's workspace" },
		key: { id: "key_1", label: "Production" },
		rotation: { state: "asking" },
	});
	await loop.studio.refuse("http-status", { match: "/v1/whoami", status: 200, body });
	await loop.advance(25);
	await loop.studio.waitForOutput(server, "rotation connected asking");
});

test("a refusal or a failure ends what is known of the rotation", async () => {
	const luau = await startRuntime(`states = function()
		local fired = 0
		local status = createStatus("", { Fire = function() fired += 1 end } :: any)
		local seen = {}
		local function apply(verdict)
			status.apply(verdict)
			table.insert(seen, tostring(status.current().rotation) .. " " .. fired)
		end
		apply({ kind = "accepted", message = "on", rotation = "waiting" })
		apply({ kind = "accepted", message = "on", rotation = "waiting" })
		apply({ kind = "accepted", message = "on", rotation = "done" })
		apply({ kind = "soon", message = "busy" })
		apply({ kind = "accepted", message = "on", rotation = "done" })
		apply({ kind = "stop", message = "gone" })
		return seen
	end`);
	expect(await luau("runtime", "states")).toEqual(["waiting 1", "waiting 1", "done 2", "nil 3", "done 4", "nil 5"]);
});
