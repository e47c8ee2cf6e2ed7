import { expect, test } from "vitest";

import { NOWHERE, openBench } from "./helper.ts";
import { writePlace } from "./place-file.ts";

const { studio, file, probe } = await openBench();

const WRITE = `
	local home = game:GetService("ServerScriptService")
	local function try(change) print(select(2, pcall(change))) end
	local function write() local made = Instance.new("Script") made.Source = "x" made.Parent = home end
`;

test("denied script injection throws, first with the prompt's message, then with the Plugin Manager's", async () => {
	await studio.refuse("scripts");
	const printed = await probe(`${WRITE} try(write) try(write) print(#home:GetChildren())`);
	const denied = 'Plugin "Auxvyn" was denied script injection permission.';
	expect(printed).toEqual([
		`${denied} The user has been prompted for future attempts.`,
		`${denied} You can grant this permission in the Plugin Manager.`,
		"0",
	]);
});

test("other instances can still be changed, and scripts once it is allowed", async () => {
	await studio.refuse("scripts");
	expect(await probe(`${WRITE} workspace.Baseplate.Name = "Renamed" print(workspace.Renamed.Name)`)).toEqual([
		"Renamed",
	]);
	await studio.allow("scripts");
	expect(await probe(`${WRITE} write() print(home.Script.Source)`)).toEqual(["x"]);
});

test("it may be denied only for what is in the place, or the HTTP permission only for a domain", async () => {
	await studio.refuse("scripts", { how: "in-place" });
	const printed = await probe(`${WRITE}
		local apart = Instance.new("Script")
		try(function() apart.Source = "x" end)
		try(write)
	`);
	expect(printed).toEqual(["", expect.stringContaining("was denied script injection permission")]);
	await studio.allow("scripts");
	await studio.refuse("http", { match: "one.example" });
	const network = Object.fromEntries(["one", "two"].map((name) => [`http://${name}.example`, NOWHERE]));
	await studio.raw({ do: "open", network });
	const asked = await probe(`
		for _, name in { "one", "two" } do
			print((select(2, pcall(game.HttpService.GetAsync, game.HttpService, \`http://{name}.example\`))))
		end
	`);
	expect(asked[0]).toBe("HttpService permission denied on domain one.example for plugin 0.");
	expect(asked[1]).not.toContain("permission");
	await studio.allow("http");
});

test("UpdateSourceAsync needs the same permission", async () => {
	await studio.refuse("scripts");
	const place = await writePlace(file("place.rbxl"), [
		{ class: "ServerScriptService", children: [{ class: "Script", name: "Managed", source: "old" }] },
	]);
	const update = `${WRITE}
		local ScriptEditorService = game:GetService("ScriptEditorService")
		try(function() ScriptEditorService:UpdateSourceAsync(home.Managed, function() return "new" end) end)
		print(home.Managed.Source)
	`;
	const [problem, source] = await probe(update, { place });
	expect(problem).toContain("was denied script injection permission");
	expect(source).toBe("old");
	await studio.allow("scripts");
	expect((await probe(update, { place })).at(-1)).toBe("new");
});
