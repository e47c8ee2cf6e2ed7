import { readFileSync, writeFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { openBench } from "./helper.ts";
import { readPlace, writePlace } from "./place-file.ts";
import { findNode, whereIs } from "./place-node.ts";

const { studio, file, load } = await openBench();
const SOURCE = "-- first\r\nprint('é')\r-- lone CR\n\tend of it 🔑";

describe("place files", () => {
	test("contain exactly what was described", async () => {
		const place = await writePlace(file("described.rbxl"), [
			{
				class: "ServerScriptService",
				children: [
					{
						class: "Script",
						name: "Managed",
						source: SOURCE,
						tags: ["AuxvynKey"],
						attributes: { Schema: 1, Id: "key_1" },
						properties: { RunContext: "Server", Disabled: true },
						children: [{ class: "ModuleScript", name: "Client", source: "return {}" }],
					},
					{
						class: "Folder",
						name: "Packaged",
						children: [{ class: "PackageLink", properties: { PackageId: "rbxassetid://1" } }],
					},
				],
			},
		]);
		const nodes = await readPlace(place);
		expect(findNode(nodes, "ServerScriptService.Managed")).toMatchObject({
			class: "Script",
			source: SOURCE,
			tags: ["AuxvynKey"],
			attributes: { Schema: 1, Id: "key_1" },
			properties: { RunContext: "Server", Disabled: true },
			children: [{ name: "Client", source: "return {}" }],
		});
		expect(findNode(nodes, "ServerScriptService.Packaged.PackageLink")).toBeDefined();
		expect(whereIs(nodes, "key_1")).toEqual(["ServerScriptService.Managed"]);
	});

	test("are saved unchanged if a plugin only reads the place", async () => {
		const place = await writePlace(file("looked.rbxl"), [
			{ class: "ServerScriptService", children: [{ class: "Script", name: "Kept", source: SOURCE }] },
		]);
		await load("", { place });
		await studio.save(file("before.rbxl"));
		await load(
			`
			for _, name in { "CollectionService", "CoreGui", "ScriptEditorService", "StudioService", "Teams" } do
				game:GetService(name)
			end
			for _, one in game:GetDescendants() do one:GetFullName() end
			local widget = plugin:CreateDockWidgetPluginGuiAsync("w", DockWidgetPluginGuiInfo.new(Enum.InitialDockState.Right))
			Instance.new("Frame", widget)
			Instance.new("Folder").Name = "Never put anywhere"
		`,
			{ place },
		);
		await studio.save(file("after.rbxl"));
		expect(readFileSync(file("after.rbxl")).equals(readFileSync(file("before.rbxl")))).toBe(true);
	});

	test("are saved without instances that are not Archivable, and with services a plugin added to", async () => {
		await load(`
			local kept, left = Instance.new("Folder"), Instance.new("Folder")
			kept.Name, left.Name, left.Archivable = "Kept", "Left", false
			kept.Parent, left.Parent = game:GetService("Teams"), game:GetService("Teams")
		`);
		await studio.save(file("filled.rbxl"));
		const teams = findNode(await readPlace(file("filled.rbxl")), "Teams");
		expect(teams?.children.map((child) => child.name)).toEqual(["Kept"]);
	});

	test("throw if missing or invalid", async () => {
		await expect(studio.open(file("absent.rbxl"))).rejects.toThrow("does it exist?");
		writeFileSync(file("text.rbxl"), "not a place");
		await expect(studio.open(file("text.rbxl"))).rejects.toThrow("is not a Roblox place");
	});
});
