import { describe, expect, test } from "vitest";

import { openBench } from "./helper.ts";
import { writePlace } from "./place-file.ts";

const { studio, file, load, probe } = await openBench();

describe("the command bar", () => {
	test("returns an expression's value, or what the code returns, as text", async () => {
		await studio.open();
		expect(await studio.run("1 + 1")).toBe("2");
		expect(await studio.run("local a = workspace.Name return a, true, nil")).toBe("Workspace true nil");
		expect(await studio.run('{ list = { 1, "two" } }')).toBe('{"list":[1,"two"]}');
		expect(await studio.run("workspace.Baseplate.Transparency = 1")).toBe("");
		expect(await studio.raw({ do: "run", code: "workspace.Baseplate.Transparency" })).toEqual({
			ok: true,
			result: "1",
		});
	});

	test("rejects with the code's error, and if it does not end", async () => {
		await studio.open();
		await expect(studio.run('error("broken")')).rejects.toThrow("CommandBar:1: broken");
		await expect(studio.run("local = 1")).rejects.toThrow("CommandBar:1:");
		await expect(studio.run("task.wait(60)", { seconds: 0.1 })).rejects.toThrow("still running");
		expect(await studio.run("task.wait(0.05) return 1")).toBe("1");
	});

	test("may enable HTTP requests, unlike a plugin, which sees the change", async () => {
		await load(`
			local HttpService = game:GetService("HttpService")
			HttpService:GetPropertyChangedSignal("HttpEnabled"):Connect(function() print(HttpService.HttpEnabled) end)
		`);
		await studio.run('game:GetService("HttpService").HttpEnabled = true');
		await studio.run('game:GetService("HttpService").HttpEnabled = false');
		await studio.allow("http");
		expect(await studio.waitForStudioOutput("true\nfalse\ntrue")).toEqual(["true", "false", "true"]);
	});

	test("its changes fire the signals that the plugin watches", async () => {
		await load(`
			local CollectionService = game:GetService("CollectionService")
			local made = Instance.new("Script")
			made:AddTag("Watched")
			for _, name in { "Source", "RunContext", "Disabled", "Enabled", "Parent" } do
				made:GetPropertyChangedSignal(name):Connect(function() print(name) end)
			end
			made.AncestryChanged:Connect(function(_, parent) print("ancestry", parent) end)
			made:GetAttributeChangedSignal("Id"):Connect(function() print("attribute", made:GetAttribute("Id")) end)
			CollectionService:GetInstanceAddedSignal("Watched"):Connect(function() print("added") end)
			CollectionService:GetInstanceRemovedSignal("Watched"):Connect(function() print("removed") end)
			made.Parent = game:GetService("ServerScriptService")
		`);
		const script = "game.ServerScriptService.Script";
		await studio.waitForStudioOutput("ancestry");
		await studio.run(`${script}.Source = "-- other"`);
		await studio.run(`${script}.RunContext = Enum.RunContext.Server ${script}.Enabled = false`);
		await studio.run(`${script}:SetAttribute("Id", 2) ${script}:RemoveTag("Watched") ${script}:AddTag("Watched")`);
		await studio.run(`${script}.Parent = game.ReplicatedStorage`);
		await studio.run("game.ReplicatedStorage.Script.Parent = nil");
		const seen = (await studio.waitForStudioOutput("ancestry nil")).slice(3);
		expect(seen).toEqual([
			"Source",
			"RunContext",
			"Disabled",
			"Enabled",
			"attribute 2",
			"removed",
			"added",
			"Parent",
			"ancestry ReplicatedStorage",
			"removed",
			"Parent",
			"ancestry nil",
		]);
	});

	test("its changes can be undone, those of a colleague cannot", async () => {
		await studio.open();
		await studio.run('workspace.Baseplate.Name = "Mine"');
		await studio.run('workspace.Mine.Name = "Theirs"', { colleague: true });
		await studio.undo();
		expect(await studio.run("workspace:FindFirstChildOfClass('Part').Name")).toBe("Baseplate");
		await expect(studio.undo()).rejects.toThrow("nothing to undo");
	});

	test("reads what plugins wrote", async () => {
		await probe('Instance.new("Script", workspace).Source = "return 1"');
		expect(await studio.run("workspace.Script.Source")).toBe("return 1");
	});
});

describe("code on a game server", () => {
	test("runs as a Script after all others: same modules and globals, no more rights", async () => {
		const source = "local m = require(game.ServerStorage.M) m.mark = 1 _G.mark = 2";
		const place = await writePlace(file("place.rbxl"), [
			{ class: "ServerStorage", children: [{ class: "ModuleScript", name: "M", source: "return {}" }] },
			{ class: "ServerScriptService", children: [{ class: "Script", name: "Game", source }] },
		]);
		await studio.open(place, { facts: "published" });
		const { server } = await studio.publish();
		expect(await studio.run("require(game.ServerStorage.M).mark, _G.mark", { server })).toBe("1 2");
		expect(await studio.run("script:GetFullName(), script.ClassName, plugin", { server })).toBe(
			"ServerScriptService.Script Script nil",
		);
		await expect(studio.run("script.Source", { server })).rejects.toThrow("lacking capability PluginOrOpenCloud");
		await studio.shutdown(server);
		await expect(studio.run("1", { server })).rejects.toThrow("shut down");
		await expect(studio.run("1", { server: 9 })).rejects.toThrow("There is no server 9");
	});
});
