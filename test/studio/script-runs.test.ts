import { beforeAll, describe, expect, test } from "vitest";

import { openBench } from "./helper.ts";
import { type PlaceDescription, writePlace } from "./place-file.ts";

const { studio, file } = await openBench();

async function publish(sources: Record<string, string>, storage: PlaceDescription[] = []) {
	const scripts = Object.entries(sources).map(([name, source]) => ({ class: "Script", name, source }));
	const place = await writePlace(file("place.rbxl"), [
		{ class: "ServerStorage", children: storage },
		{ class: "ServerScriptService", children: scripts },
	]);
	await studio.open(place, { facts: "published" });
	return studio.publish();
}

describe("a running Script", () => {
	test("ends when it is disabled, with its threads, connections and callbacks, and starts afresh when enabled", async () => {
		const { server } = await publish({
			Works: `
				print("starts", script:FindFirstChild("Tool") ~= nil)
				workspace.ChildAdded:Connect(function() print("connected") end)
				task.spawn(function() while true do task.wait(1) print("alive") end end)
			`,
		});
		await studio.run("game.ServerScriptService.Works.Enabled = false", { server });
		await studio.run('Instance.new("Folder", workspace)', { server });
		await studio.advance(3);
		expect((await studio.output(server)).output).toEqual(["starts false"]);
		await studio.run(
			`local works = game.ServerScriptService.Works
			Instance.new("ModuleScript", works).Name = "Tool"
			works.Enabled = true`,
			{ server },
		);
		await studio.run('Instance.new("Folder", workspace)', { server });
		await studio.advance(1);
		expect((await studio.waitForOutput(server, "alive")).output).toEqual([
			"starts false",
			"starts true",
			"connected",
			"alive",
		]);
	});

	test("ends when it leaves the game, and at once when it disables itself", async () => {
		const { server } = await publish({
			Leaves: 'task.delay(1, print, "left, but ran") script.Parent = nil print("goes on until it yields")',
			Stops: 'print("once") pcall(function() script.Disabled = true end) print("never")',
		});
		await studio.advance(2);
		const { output } = await studio.output(server);
		expect(output.sort()).toEqual(["goes on until it yields", "once"]);
	});

	test("can be cloned by another Script, and the clone runs", async () => {
		const { server } = await publish({ Original: "print(script.Name, script:FindFirstChild('Own') ~= nil)" });
		await studio.run(
			`local clone = game.ServerScriptService.Original:Clone()
			clone.Name = "Copy"
			Instance.new("Folder", clone).Name = "Own"
			clone.Parent = game.ServerScriptService`,
			{ server },
		);
		expect((await studio.output(server)).output).toEqual(["Original false", "Copy true"]);
	});
});

describe("scripts in one Luau state", () => {
	const module = {
		class: "ModuleScript",
		name: "Victim",
		source: `
			local hidden = "hidden"
			local function inner(value) return value .. hidden end
			local function outer(value) local text = tostring(value) return inner(text) end
			return { outer = outer, wait = function() local s = hidden coroutine.yield() return s end }
		`,
	};
	let server = 0;
	beforeAll(async () => {
		({ server } = await publish({}, [module]));
	});
	/** Runs code with a fresh copy of the module. */
	const thieve = (code: string) =>
		studio.run(`local victim = require(game.ServerStorage.Victim:Clone())\n${code}`, { server });

	test("can replace each other's globals by getfenv and setfenv", async () => {
		expect(
			await thieve(`
				getfenv(victim.outer).tostring = function() return "replaced " end
				return victim.outer(1)
			`),
		).toBe("replaced hidden");
		expect(
			await thieve(`
				setfenv(victim.outer, setmetatable({ tostring = function() return "set " end }, { __index = getfenv() }))
				return victim.outer(1), getfenv(victim.outer).tostring ~= tostring
			`),
		).toBe("set hidden true");
	});

	test("can get each other's functions by debug.info, from a level, a function or a thread", async () => {
		expect(
			await thieve(`
				local found
				getfenv(victim.outer).tostring = function() found = debug.info(2, "f") return "" end
				victim.outer(1)
				local thread = coroutine.create(victim.wait)
				coroutine.resume(thread)
				return found == victim.outer, debug.info(thread, 1, "f") == victim.wait, debug.info(victim.outer, "n")
			`),
		).toBe("true true outer");
	});

	test("see the engine's functions as C, and nothing of what runs them", async () => {
		expect(
			await thieve(`
				local seen = {}
				local function look()
					local level = 0
					while debug.info(level, "s") do
						table.insert(seen, debug.info(level, "s"))
						level += 1
					end
				end
				pcall(look)
				return table.concat(seen, ","), select(2, pcall(debug.info, 2, "s")), debug.info(pcall, "sl")
			`),
		).toBe("[C],ServerScriptService.Script,[C],ServerScriptService.Script ServerScriptService.Script [C] -1");
		expect(
			await thieve(`
				local names = {}
				for _, of in { 0, print, game.GetService } do
					local environment = getfenv(of)
					table.insert(names, tostring(environment == getfenv(1)) .. tostring(environment.process))
				end
				local metatable = { getmetatable(getfenv()), getmetatable("") }
				return table.concat(names, ","), metatable[1] == metatable[2], pcall(setfenv, print, {})
			`),
		).toBe("truenil,truenil,truenil true false 'setfenv' cannot change environment of given object");
	});

	test("a metamethod of one runs on the other's thread, with that thread's globals", async () => {
		expect(
			await thieve(`
				local environment
				victim.outer(setmetatable({}, { __tostring = function() environment = getfenv(0) return "" end }))
				return environment == getfenv(), debug.traceback("at"):find("%.luau") == nil
			`),
		).toBe("true true");
	});
});
