import { readFile, writeFile } from "node:fs/promises";

import { expect, test } from "vitest";

import { openBench } from "./helper.ts";
import { writePlace } from "./place-file.ts";

const { studio, file, load } = await openBench();

/** One instance of each class that a script can create, and a folder in each service. */
const EVERY_CLASS = `
	local home = Instance.new("Folder", workspace)
	home.Name = "Every"
	local services = 0
	for _, class in game:GetService("ReflectionService"):GetClasses() do
		local creatable, made = pcall(Instance.new, class.Name)
		if creatable then
			pcall(function() made.Parent = home end)
		elseif class.Name ~= "CoreGui" then
			local isService, service = pcall(game.GetService, game, class.Name)
			if isService and pcall(function() Instance.new("Folder").Parent = service end) then services += 1 end
		end
	end
	return #home:GetChildren() > 300, services > 100
`;

/** What makes a place unusual: classes that no database knows yet, odd names and sources, marks of all kinds. */
const UNUSUAL = [
	{ class: "Workspace", children: [{ class: "Configuration", name: "Newer", children: [{ class: "Part" }] }] },
	{
		class: "ServerScriptService",
		children: [
			{ class: "Script", name: "Same", source: "-- one\r\n" },
			{ class: "Script", name: "Same", source: "\u{feff}-- two", properties: { RunContext: "Client" } },
			{ class: "Script", name: "Auxvyn/…", source: "-- \u{1f511} ü", tags: ["AuxvynKey", "b"] },
			{
				class: "Folder",
				name: "",
				properties: { Archivable: false },
				children: [{ class: "Script", name: "Unsaved" }],
			},
			{ class: "Folder", name: "Marked", attributes: { A: 1, B: "two", C: true } },
		],
	},
];

/** Opens a place, plays it, publishes it, saves it as `to`, and returns what it then holds. */
async function goRound(place: string, to: string): Promise<string> {
	await load("", { place });
	await studio.play();
	await studio.stop();
	await studio.publish();
	await studio.save(file(to));
	await studio.open(file(to));
	return studio.run(`
		local paths = {}
		for _, instance in game:GetDescendants() do
			table.insert(paths, instance.ClassName .. " " .. instance:GetFullName())
		end
		table.sort(paths)
		return table.concat(paths, "\\n")
	`);
}

test("a place with every class opens, plays, is published, and is the same after two saves", async () => {
	await load("");
	expect(await studio.run(EVERY_CLASS)).toBe("true true");
	await studio.save(file("every.rbxl"));
	const once = await goRound(file("every.rbxl"), "every-2.rbxl");
	expect(await goRound(file("every-2.rbxl"), "every-3.rbxlx")).toBe(once);
	expect(once.split("\n").length).toBeGreaterThan(500);
});

test("a class that the database does not know has the members of all instances", async () => {
	const text = file("unusual.rbxlx");
	await writePlace(text, UNUSUAL);
	const newer = (await readFile(text, "utf8")).replaceAll('class="Configuration"', 'class="BrandNewClass"');
	await writeFile(file("newer.rbxlx"), newer);
	const saved = await goRound(file("newer.rbxlx"), "newer.rbxl");
	expect(saved).toContain("BrandNewClass Workspace.Newer\n");
	expect(saved).toContain("Script ServerScriptService.Auxvyn/…");
	expect(saved).not.toContain("Unsaved");
	const members = `
		local newer = workspace.Newer
		newer:SetAttribute("Mark", 1)
		newer:AddTag("Marked")
		local clone = newer:Clone()
		clone.Name = "Copy"
		clone.Parent = newer
		return newer.Archivable, newer:IsA("Instance"), newer:IsA("Script"), newer:GetAttribute("Mark"), clone:HasTag("Marked"),
			#game:GetService("CollectionService"):GetTagged("Marked"), newer.Copy:FindFirstChild("Part") ~= nil,
			pcall(function() return newer.Unknown end)
	`;
	expect(await studio.run(members)).toBe(
		'true true false 1 true 2 true false Unknown is not a valid member of BrandNewClass "Workspace.Newer"',
	);
	expect(await goRound(file("newer.rbxl"), "newer-2.rbxl")).toBe(saved);
});
