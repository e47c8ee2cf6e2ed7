import { describe, expect, test } from "vitest";

import { openBench } from "./helper.ts";
import { writePlace } from "./place-file.ts";

const { studio, file, load, probe } = await openBench();

describe("InstanceFileSyncService", () => {
	const scripts = [
		{
			class: "ServerScriptService",
			children: [{ class: "Folder", name: "Synced", children: [{ class: "Script", name: "Inside" }] }],
		},
	];

	test("says what Script Sync holds, and tells of changes", async () => {
		const place = await writePlace(file("sync.rbxl"), scripts);
		await load(
			`
			local service = game:GetService("InstanceFileSyncService")
			service.StatusChanged:Connect(function(instance, status)
				print(instance.Name, status.Name, service:GetStatus(instance) == status, #service:GetAllInstances())
			end)
			print(service:GetStatus(game.ServerScriptService.Synced.Inside).Name)
			`,
			{ place },
		);
		await studio.sync("ServerScriptService.Synced", "SyncedAsRoot");
		await studio.sync("ServerScriptService.Synced", "Errored");
		await studio.sync("ServerScriptService.Synced", "NotSynced");
		expect(await studio.waitForStudioOutput("Inside NotSynced")).toEqual([
			"NotSynced",
			"Synced SyncedAsRoot true 2",
			"Inside SyncedAsDescendant true 2",
			"Synced Errored true 0",
			"Inside AncestorErrored true 0",
			"Synced NotSynced true 0",
			"Inside NotSynced true 0",
		]);
		await expect(studio.sync("ServerScriptService.None", "NotSynced")).rejects.toThrow("There is no instance");
	});

	test("is closed to game scripts, and may be missing", async () => {
		await studio.open();
		const ask = 'pcall(function() return game:GetService("InstanceFileSyncService"):GetStatus(workspace) end)';
		const { server } = await studio.publish();
		expect(await studio.run(ask, { server })).toContain("lacking capability Plugin");
		await studio.refuse("file-sync");
		expect(await studio.run(ask)).toContain("GetStatus is not a valid member of InstanceFileSyncService");
		await studio.allow("file-sync");
	});
});

describe("ReflectionService", () => {
	test("lists the properties of a class and its superclasses", async () => {
		const printed = await probe(`
			local service = game:GetService("ReflectionService")
			local names = {}
			for _, property in service:GetPropertiesOfClass("StringValue") do
				names[property.Name] = property.Permits.Read ~= nil
			end
			print(names.Value, names.Name, names.Nonsense, service:GetPropertiesOfClass("Nonsense"))
		`);
		expect(printed).toEqual(["true true nil nil"]);
	});

	test("may lack GetPropertiesOfClass", async () => {
		await studio.refuse("reflection");
		const printed = await probe(`
			print(pcall(function() return game:GetService("ReflectionService"):GetPropertiesOfClass("Part") end))
		`);
		await studio.allow("reflection");
		expect(printed).toEqual([
			'false GetPropertiesOfClass is not a valid member of ReflectionService "ReflectionService"',
		]);
	});
});

describe("script analysis", () => {
	const register = `
		local editor = game:GetService("ScriptEditorService")
		local function finding(message)
			local at = { line = 2, character = 1 }
			return { range = { start = at, ["end"] = at }, message = message, severity = Enum.Severity.Warning }
		end
		editor:RegisterScriptAnalysisCallback("second", 2, function(request)
			return { diagnostics = { finding("of " .. request.script.Name) } }
		end)
		editor:RegisterScriptAnalysisCallback("first", 1, function() return { diagnostics = { finding("first") } } end)
		editor:RegisterScriptAnalysisCallback("yields", 3, function() task.wait() return { diagnostics = {} } end)
	`;

	test("asks the plugin's callbacks in order; one that yields reports nothing", async () => {
		await load(register, { place: await writePlace(file("analysis.rbxl"), [{ class: "ServerScriptService" }]) });
		await studio.run('Instance.new("Script", game.ServerScriptService).Name = "Checked"');
		expect(await studio.analyze("ServerScriptService.Checked")).toEqual([
			{ message: "first", line: 2, severity: "Warning" },
			{ message: "of Checked", line: 2, severity: "Warning" },
		]);
		expect((await studio.studioOutput()).join()).toContain("attempt to yield across");
	});

	test("a callback stays until it is deregistered, also when its plugin is unloaded", async () => {
		await load(`${register} editor:DeregisterScriptAnalysisCallback("second")`);
		const registered = (name: string) =>
			studio.run(`game:GetService("ScriptEditorService"):IsScriptAnalysisCallbackRegistered("${name}")`);
		await studio.unload();
		expect([await registered("first"), await registered("second")]).toEqual(["true", "false"]);
	});

	test("a callback can be removed once, which may fail", async () => {
		const printed = await probe(`${register}
			editor:DeregisterScriptAnalysisCallback("first")
			print(pcall(editor.DeregisterScriptAnalysisCallback, editor, "first"))
		`);
		expect(printed).toEqual(['false Script analysis callback "first" is not registered']);
		await studio.refuse("analysis");
		const refused = await probe(`${register} print((pcall(editor.DeregisterScriptAnalysisCallback, editor, "first")))`);
		await studio.allow("analysis");
		expect(refused).toEqual(["false"]);
	});
});

describe("a plugin", () => {
	test("has actions that people trigger by a shortcut", async () => {
		await load(`
			local action = plugin:CreatePluginAction("open", "Open it", "Opens the widget")
			action.Triggered:Connect(function() print("triggered", action.ActionId, action.Text, action.AllowBinding) end)
			print((pcall(plugin.CreatePluginAction, plugin, "open", "Again", "")))
		`);
		expect(await studio.actions()).toEqual([{ id: "open", text: "Open it", statusTip: "Opens the widget" }]);
		await studio.trigger("open");
		expect(await studio.waitForStudioOutput("triggered")).toEqual(["false", "triggered open Open it true"]);
		await expect(studio.trigger("none")).rejects.toThrow("There is no action none");
	});

	test("selects in the Explorer, and sees what people select", async () => {
		await load(`
			local Selection = game:GetService("Selection")
			Selection:Set({ workspace.Baseplate })
			Selection.SelectionChanged:Connect(function() print(Selection:Get()[1], #Selection:Get()) end)
		`);
		expect(await studio.selection()).toEqual(["Workspace.Baseplate"]);
		await studio.run('game:GetService("Selection"):Set({ workspace, game.Lighting })');
		await studio.waitForStudioOutput("Workspace 2");
		expect(await studio.selection()).toEqual(["Workspace", "Lighting"]);
	});

	test("sees the theme's colours, and when the theme changes", async () => {
		await load(`
			local Color, Modifier = Enum.StudioStyleGuideColor, Enum.StudioStyleGuideModifier
			local studio = settings().Studio
			local function show(...) return (studio.Theme:GetColor(...):ToHex()) end
			local function report()
				print(studio.Theme.Name, show(Color.MainText), show(Color.Button, Modifier.Hover), show(Color.LinkText, Modifier.Hover))
			end
			report()
			studio.ThemeChanged:Connect(report)
		`);
		await studio.setTheme("light");
		const printed = await studio.waitForStudioOutput("Light");
		await studio.setTheme("dark");
		expect(printed).toEqual(["Dark cccccc 424242 35b5ff", "Light 000000 e4eefe 35b5ff"]);
	});

	test("reads and writes LinkedSource", async () => {
		const printed = await probe(`
			local script = Instance.new("Script")
			print(script.LinkedSource == "")
			script.LinkedSource = "rbxassetid://1"
			print(script.LinkedSource)
		`);
		expect(printed).toEqual(["true", "rbxassetid://1"]);
	});
});
