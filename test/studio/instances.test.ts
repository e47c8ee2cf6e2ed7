import { describe, expect, test } from "vitest";

import { openBench } from "./helper.ts";

const { probe } = await openBench();

describe("instances in a plugin", () => {
	test("an unknown member throws Studio's error, as a string", async () => {
		const printed = await probe(`
			local ok, message = pcall(function() return workspace.Nonsense end)
			print(ok, type(message), message)
			print(pcall(function() workspace.Baseplate.Nonsense = 1 end))
		`);
		expect(printed).toEqual([
			'false string Nonsense is not a valid member of Workspace "Workspace"',
			'false Nonsense is not a valid member of Part "Workspace.Baseplate"',
		]);
	});

	test("values of the wrong type throw unless Studio converts them", async () => {
		const printed = await probe(`
			local label = Instance.new("TextLabel")
			print(pcall(function() label.Text = {} end))
			print(pcall(function() label.TextWrapped = "yes" end), label.TextWrapped)
			label.Text = 5
			label.TextXAlignment = "Left"
			print(label.Text, label.TextXAlignment.Name)
			print(pcall(function() label.TextXAlignment = "Sideways" end))
		`);
		expect(printed).toEqual([
			"false Unable to assign property Text. string expected, got table",
			"true true",
			"5 Left",
			'false Unable to assign property TextXAlignment. Invalid value "Sideways" for enum TextXAlignment',
		]);
	});

	test("a plugin cannot enable HTTP requests or write read-only properties", async () => {
		const printed = await probe(`
			print(pcall(function() game:GetService("HttpService").HttpEnabled = true end))
			print(pcall(function() game.PlaceId = 1 end))
			print(pcall(function() workspace.ClassName = "Part" end))
			print(pcall(Instance.new, "ServerScriptService"))
		`);
		expect(printed).toEqual([
			"false The current thread cannot write 'HttpEnabled' (lacking capability LocalUser)",
			"false Unable to assign property PlaceId. Property is read only",
			"false Unable to assign property ClassName. Property is read only",
			'false Unable to create an Instance of type "ServerScriptService"',
		]);
	});

	test("an instance is always the same value", async () => {
		const printed = await probe(`
			local found = workspace:FindFirstChild("Baseplate")
			local seen = { [found] = true }
			print(workspace.Baseplate == found, seen[workspace:GetChildren()[1]], typeof(found), type(found))
		`);
		expect(printed).toEqual(["true true Instance userdata"]);
	});

	test("Destroy locks the parent, Parent = nil does not", async () => {
		const printed = await probe(`
			local taken, destroyed = Instance.new("Folder", workspace), Instance.new("Folder", workspace)
			taken.Parent = nil
			destroyed:Destroy()
			print(pcall(function() taken.Parent = workspace end))
			print(pcall(function() destroyed.Parent = workspace end))
		`);
		expect(printed[0]).toBe("true");
		expect(printed[1]).toContain("The Parent property of Folder is locked");
	});

	test("an instance cannot be parented to itself or a descendant", async () => {
		const printed = await probe(`
			local outer = Instance.new("Folder")
			outer.Name = "Outer"
			local inner = Instance.new("Folder", outer)
			print(pcall(function() outer.Parent = outer end))
			print(pcall(function() outer.Parent = inner end))
		`);
		expect(printed[0]).toBe("false Attempt to set Outer as its own parent");
		expect(printed[1]).toContain("would result in circular reference");
	});

	test("signals fire for changed properties, children, attributes and tags", async () => {
		const printed = await probe(`
			local CollectionService = game:GetService("CollectionService")
			local folder = Instance.new("Folder", workspace)
			folder:GetPropertyChangedSignal("Name"):Connect(function() print("renamed", folder.Name) end)
			folder.ChildAdded:Connect(function(child) print("child", child.Name) end)
			folder:GetAttributeChangedSignal("Mood"):Connect(function() print("mood", folder:GetAttribute("Mood")) end)
			CollectionService:GetInstanceAddedSignal("Marked"):Connect(function(one) print("marked", one.Name) end)
			folder.Name = "New"
			Instance.new("Part", folder)
			folder:SetAttribute("Mood", "calm")
			folder:AddTag("Marked")
			task.wait()
			print(#CollectionService:GetTagged("Marked"))
		`);
		expect(printed).toEqual(["renamed New", "child Part", "mood calm", "marked New", "1"]);
	});

	test("invalid attribute names throw", async () => {
		const printed = await probe(`
			for _, name in { "Has space", "RBXOwn", string.rep("a", 101), "fine.na-me/_1" } do
				print((pcall(function() workspace:SetAttribute(name, 1) end)))
			end
		`);
		expect(printed).toEqual(["false", "false", "false", "true"]);
	});

	test("WaitForChild waits for the child, or until its timeout", async () => {
		const printed = await probe(`
			task.delay(0.1, function() Instance.new("Folder", workspace).Name = "Late" end)
			print(workspace:WaitForChild("Late").Name)
			print(workspace:WaitForChild("Never", 0.1))
		`);
		expect(printed).toEqual(["Late", "nil"]);
	});

	test("Source accepts at most 200,000 characters", async () => {
		const printed = await probe(`
			local script = Instance.new("Script")
			print(pcall(function() script.Source = string.rep("a", 200000) end))
			print(pcall(function() script.Source = string.rep("a", 200001) end))
		`);
		expect(printed).toEqual(["true", "false String too long"]);
	});
});

describe("a plugin's modules", () => {
	test("can be required by instance and relative path, run once, and have no plugin global", async () => {
		const printed = await probe(
			`
			print(require(script.One) == require("@self/One"), require(script.One).plugin, plugin ~= nil)
			print(pcall(require, script.Broken))
		`,
			{
				modules: { One: "return { plugin = plugin, two = require('./Two') }", Two: "return 2", Broken: "error('no')" },
			},
		);
		expect(printed.filter((line) => !line.includes("Broken:1"))).toEqual([
			"true nil true",
			"false Requested module experienced an error while loading",
		]);
	});
});

test("ItemChanged tells of every changed property in the place, but of no attributes and tags", async () => {
	const printed = await probe(`
		local folder = Instance.new("Folder")
		game.ItemChanged:Connect(function(instance, property) print(instance.ClassName, property) end)
		folder.Name = "Outside"
		folder.Parent = workspace
		folder.Name = "Inside"
		folder:SetAttribute("Size", 1)
		folder:AddTag("Big")
		workspace.Baseplate.Transparency = 1
		task.wait()
	`);
	expect(printed).toEqual(["Folder Parent", "Folder Name", "Part Transparency"]);
});
