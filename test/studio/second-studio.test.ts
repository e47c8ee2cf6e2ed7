import { expect, test } from "vitest";

import { openBench } from "./helper.ts";

const { studio, load } = await openBench();

/** Prints what it hears of the place, and of undo. */
const LISTENER = `
	local kept = workspace:FindFirstChild("Baseplate")
	kept:GetPropertyChangedSignal("Transparency"):Connect(function() print("transparency", kept.Transparency) end)
	workspace.ChildAdded:Connect(function(child) print("added", child.Name) end)
	local history = game:GetService("ChangeHistoryService")
	history.OnUndo:Connect(function() print("undone") end)
	print("recording", history:TryBeginRecording("mine") ~= nil)
	history:FinishRecording("", Enum.FinishRecordingOperation.Cancel)
`;

test("a colleague's Studio has the same place, and a plugin and an undo history of its own", async () => {
	await load(LISTENER);
	await studio.join("team-create");
	await studio.run("workspace.Baseplate.Transparency = 0.5", { copy: "second" });
	await studio.run('Instance.new("Folder", workspace).Name = "Ours"');
	await studio.undo();
	for (const copy of ["edit", "second"] as const) {
		const printed = await studio.waitForStudioOutput("added Ours", 10, copy);
		expect(printed).toEqual(expect.arrayContaining(["recording true", "transparency 0.5"]));
		expect(printed.includes("undone")).toBe(copy === "edit");
	}
	expect(await studio.run("workspace.Baseplate.Transparency")).toBe("0.5");
	expect(await studio.run('workspace:FindFirstChild("Ours")', { copy: "second" })).toBe("nil");
	await studio.closePlace();
	await expect(studio.run("1", { copy: "second" })).rejects.toThrow("No place is open");
});

test("a second window has a copy of the place", async () => {
	await load(LISTENER);
	await studio.join("window");
	await studio.run("workspace.Baseplate.Transparency = 0.5", { copy: "second" });
	expect(await studio.run("workspace.Baseplate.Transparency")).toBe("0");
	expect(await studio.studioOutput()).not.toContain("transparency 0.5");
	await studio.waitForStudioOutput("transparency 0.5", 10, "second");
	await studio.open();
	await expect(studio.run("1", { copy: "second" })).rejects.toThrow("There is no second Studio");
});

test("a silent change is there, but fires no signals", async () => {
	await load(LISTENER);
	await studio.run("workspace.Baseplate.Transparency = 0.5", { silent: true });
	await studio.run("workspace.Baseplate.Transparency = 0.25");
	const printed = await studio.waitForStudioOutput("transparency 0.25");
	expect(printed).not.toContain("transparency 0.5");
});
