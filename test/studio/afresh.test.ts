import { expect, test } from "vitest";

import { NOWHERE, openBench } from "./helper.ts";

const { studio, probe, file } = await openBench();

test("startAfresh resets settings, permissions, faults and servers, but not the clock", async () => {
	const [before] = await probe('plugin:SetSetting("Place", "moonlit") print(os.time())');
	const { server } = await studio.publish();
	await studio.refuse("settings");
	await studio.refuse("scripts");
	await studio.advance(3600);

	await studio.startAfresh();
	await expect(studio.widget()).rejects.toThrow("No place is open");
	await studio.begin({ server: NOWHERE, plugin: file("plugin.rbxmx") });
	expect(await studio.settings()).toEqual({});
	await expect(studio.startServer()).rejects.toThrow("Nothing has been published yet");
	await expect(studio.output(server)).rejects.toThrow("There is no server");
	const [kept, script, after] = await probe(`
		plugin:SetSetting("Kept", true)
		print(plugin:GetSetting("Kept"))
		print(pcall(function() Instance.new("Script").Parent = game.ServerScriptService end))
		print(os.time())
	`);
	expect([kept, script]).toEqual(["true", "true"]);
	expect(Number(after) - Number(before)).toBeGreaterThanOrEqual(3600);
});
