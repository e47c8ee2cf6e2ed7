import { beforeEach, describe, expect, test } from "vitest";

import { openBench } from "./helper.ts";
import { findNode } from "./place-node.ts";

const { studio, probe } = await openBench();

const SETUP = `
	local History = game:GetService("ChangeHistoryService")
	local ScriptEditorService = game:GetService("ScriptEditorService")
	local Operation = Enum.FinishRecordingOperation
	local home = game:GetService("ServerScriptService")
	local function record(name, change, operation)
		local id = History:TryBeginRecording(name)
		change()
		History:FinishRecording(id, operation or Operation.Commit)
	end
`;

const TWO_STEPS = `${SETUP}
	local managed = Instance.new("Script")
	managed.Name = "Managed"
	managed.Source = "one"
	managed:SetAttribute("Id", "key_1")
	record("install", function() managed.Parent = home managed:AddTag("Marked") end)
	record("replace", function()
		ScriptEditorService:UpdateSourceAsync(managed, function() return "two" end)
		managed:SetAttribute("Id", "key_2")
	end)
	History.OnUndo:Connect(function(name) print("undone", name, managed.Source, managed:GetAttribute("Id"), managed.Parent) end)
	History.OnRedo:Connect(function(name) print("redone", name, managed.Source, managed:GetAttribute("Id"), managed.Parent) end)
`;

beforeEach(async () => {
	for (const name of ["recording", "undo-source", "cancel-source"] as const) await studio.allow(name);
});

describe("ChangeHistoryService", () => {
	test("undoes and redoes a recording as one step, on the same instance", async () => {
		await probe(TWO_STEPS);
		await studio.undo();
		await studio.undo();
		await studio.redo();
		await studio.redo();
		expect(await studio.waitForStudioOutput("redone replace")).toEqual([
			"<end of the probe>",
			"undone replace one key_1 ServerScriptService",
			"undone install one key_1 nil",
			"redone install one key_1 ServerScriptService",
			"redone replace two key_2 ServerScriptService",
		]);
		const managed = findNode(await studio.place(), "ServerScriptService.Managed");
		expect(managed).toMatchObject({ source: "two", tags: ["Marked"], attributes: { Id: "key_2" } });
		await studio.undo();
		await studio.undo();
		await expect(studio.undo()).rejects.toThrow("nothing to undo");
	});

	test("can leave source unchanged on undo, as Studio might", async () => {
		await studio.refuse("undo-source");
		await probe(TWO_STEPS);
		await studio.undo();
		const managed = findNode(await studio.place(), "ServerScriptService.Managed");
		expect(managed).toMatchObject({ source: "two", attributes: { Id: "key_1" } });
	});

	test.each([
		["reverts the recording", false, "one"],
		["can leave source unchanged", true, "two"],
	])("Cancel %s", async (_, keepsSource, source) => {
		if (keepsSource) await studio.refuse("cancel-source");
		const printed = await probe(`${SETUP}
			local managed = Instance.new("Script", home)
			managed.Source = "one"
			record("cancelled", function()
				managed.Source = "two"
				managed:SetAttribute("Id", "key_2")
			end, Operation.Cancel)
			print(managed.Source, managed:GetAttribute("Id"))
		`);
		expect(printed).toEqual([`${source} nil`]);
	});

	test("gives a plugin no second recording, and none at all with the fault", async () => {
		const printed = await probe(`${SETUP}
			local first = History:TryBeginRecording("first")
			print(History:TryBeginRecording("second"), History:IsRecordingInProgress(first))
			print(pcall(function() History:FinishRecording("another", Operation.Commit) end))
			History:FinishRecording(first, Operation.Commit)
			print((pcall(function() History:FinishRecording(first, Operation.Commit) end)))
		`);
		expect(printed[0]).toBe("nil true");
		expect(printed[1]).toContain("false FinishRecording");
		expect(printed[2]).toBe("false");
		await studio.refuse("recording");
		expect(await probe(`${SETUP} print(History:TryBeginRecording("refused"))`)).toEqual(["nil"]);
	});

	test("counts changes outside recordings, but not those of the widget", async () => {
		await probe(`${SETUP}
			record("held", function() Instance.new("Folder", home) end)
			Instance.new("Folder", home)
			local widget = plugin:CreateDockWidgetPluginGuiAsync("w", DockWidgetPluginGuiInfo.new(Enum.InitialDockState.Right))
			Instance.new("Frame", widget)
		`);
		expect(await studio.history()).toEqual({ undo: ["held"], unrecorded: 1, recording: false });
	});
});
