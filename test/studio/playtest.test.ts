import { describe, expect, test } from "vitest";

import { openBench, unusedAddress } from "./helper.ts";

const { studio, load } = await openBench();

const WHERE = `
	local RunService = game:GetService("RunService")
	print(RunService:IsEdit(), RunService:IsRunning(), RunService:IsServer(), RunService:IsClient(), RunService:IsStudio())
	plugin.Unloading:Connect(function() print("unloading") end)
`;

describe("a playtest", () => {
	test("runs copies of the plugin on its server and client, besides the edit copy", async () => {
		await load(WHERE);
		await studio.play();
		expect(await studio.studioOutput("edit")).toEqual(["true false true true true"]);
		expect(await studio.studioOutput("server")).toEqual(["false true true false true"]);
		expect(await studio.studioOutput("client")).toEqual(["false true false true true"]);
		await expect(studio.play()).rejects.toThrow("already running");
		await studio.stop();
		await expect(studio.studioOutput("server")).rejects.toThrow("no playtest is running");
		expect(await studio.studioOutput("edit")).toEqual(["true false true true true"]);
	});

	test("keeps the edit copy running, but gives it no recording", async () => {
		await load(`
			local History = game:GetService("ChangeHistoryService")
			if game:GetService("RunService"):IsEdit() then
				while task.wait(1) do
					local id = History:TryBeginRecording("try")
					print(if id then "recording" else "none")
					if id then History:FinishRecording(id, Enum.FinishRecordingOperation.Cancel) end
				end
			end
		`);
		await studio.play();
		await studio.advance(1.5);
		await studio.stop();
		await studio.advance(1.5);
		const printed = await studio.studioOutput();
		expect(printed).toContain("none");
		expect(printed.at(-1)).toBe("recording");
	});

	test("has no JobId, and requires Allow HTTP Requests for plugins, too", async () => {
		await load(`
			local HttpService = game:GetService("HttpService")
			print(game.JobId == "", select(2, pcall(HttpService.GetAsync, HttpService, "${await unusedAddress()}")))
		`);
		await studio.play();
		expect(await studio.studioOutput("edit")).toEqual(["true HttpError: ConnectFail"]);
		expect(await studio.studioOutput("server")).toEqual([
			"true Http requests are not enabled. Enable via game settings",
		]);
		expect(await studio.studioOutput("client")).toEqual(["true Http requests can only be executed by game server"]);
		await studio.stop();
	});

	test("does not replicate ServerScriptService to its client", async () => {
		await load(`print(#game:GetService("ServerScriptService"):GetChildren())
			if game:GetService("RunService"):IsEdit() then
				Instance.new("Script").Parent = game:GetService("ServerScriptService")
			end`);
		await studio.play();
		expect(await studio.studioOutput("server")).toEqual(["1"]);
		expect(await studio.studioOutput("client")).toEqual(["0"]);
		await studio.stop();
	});

	test("does not change the edited place", async () => {
		await load(`if not game:GetService("RunService"):IsEdit() then workspace.Baseplate.Name = "Played" end`);
		const before = await studio.place();
		await studio.play();
		await studio.stop();
		expect(await studio.place()).toEqual(before);
	});
});

describe("an unloaded plugin", () => {
	test("gets Unloading, and runs no code afterwards", async () => {
		await load(`
			plugin.Unloading:Connect(function() plugin:SetSetting("unloaded", true) end)
			task.spawn(function() while task.wait(1) do plugin:SetSetting("ran", os.clock()) end end)
		`);
		await studio.advance(2);
		await studio.closePlace();
		const settings = await studio.settings();
		expect(settings).toMatchObject({ unloaded: true });
		await studio.advance(60);
		expect(await studio.settings()).toEqual(settings);
		await expect(studio.widget()).rejects.toThrow("No place is open");
	});
});

describe("plugin settings", () => {
	test("are shared by all copies, outlive the place, and accept only JSON values", async () => {
		await load(`plugin:SetSetting("list", { 1, 2 }) print(pcall(function() plugin:SetSetting("bad", workspace) end))`);
		expect((await studio.studioOutput())[0]).toContain("false");
		await load(`print(#plugin:GetSetting("list"), plugin:GetSetting("absent"))`);
		expect(await studio.studioOutput()).toEqual(["2 nil"]);
		expect(await studio.settings()).toMatchObject({ list: [1, 2] });
	});
});
