import { describe, expect, test } from "vitest";

import { openBench } from "./helper.ts";

const { studio, probe, load } = await openBench();

const MANAGED = `
	local ScriptEditorService = game:GetService("ScriptEditorService")
	local managed = Instance.new("Script")
	managed.Source = "old"
	managed.Parent = game:GetService("ServerScriptService")
`;

const update = (after = "") => `${MANAGED}
	task.spawn(function()
		print(pcall(function() ScriptEditorService:UpdateSourceAsync(managed, function(old) return old .. "+new" end) end))
		print("source", managed.Source)
		${after}
	end)
`;

describe("UpdateSourceAsync", () => {
	test("yields, then sets the source to the callback's result", async () => {
		const printed = await probe(`${MANAGED}
			local done = false
			task.spawn(function()
				ScriptEditorService:UpdateSourceAsync(managed, function(old) return old .. "+new" end)
				done = true
			end)
			print(done, managed.Source)
			repeat task.wait() until done
			print(done, managed.Source)
		`);
		expect(printed).toEqual(["false old", "true old+new"]);
	});

	test("changes nothing if the callback returns nil", async () => {
		const printed = await probe(`${MANAGED}
			ScriptEditorService:UpdateSourceAsync(managed, function() return nil end)
			print(managed.Source)
		`);
		expect(printed).toEqual(["old"]);
	});

	test("throws if the callback yields", async () => {
		const printed = await probe(`${MANAGED}
			print(pcall(function()
				ScriptEditorService:UpdateSourceAsync(managed, function() task.wait() return "new" end)
			end))
			print(managed.Source)
		`);
		expect(printed).toEqual(["false attempt to yield across metamethod/C-call boundary", "old"]);
	});

	test("calls back again if the text has changed in the meantime", async () => {
		const printed = await probe(`${MANAGED}
			local calls = 0
			ScriptEditorService:UpdateSourceAsync(managed, function(old)
				calls += 1
				if calls == 1 then task.defer(function() managed.Source = "typed" end) end
				return old .. "+new"
			end)
			print(calls, managed.Source)
		`);
		expect(printed).toEqual(["2 typed+new"]);
	});

	test("can be made to fail, to change nothing or never to return", async () => {
		await studio.refuse("update-source", { how: "error", times: 1 });
		await load(update());
		expect(await studio.waitForStudioOutput("source")).toEqual(["false UpdateSourceAsync failed", "source old"]);

		await studio.refuse("update-source", { how: "ignored", times: 1 });
		await load(update());
		expect(await studio.waitForStudioOutput("source")).toEqual(["true", "source old"]);

		await studio.refuse("update-source", { how: "never", times: 1 });
		await load(update());
		await studio.advance(600);
		expect(await studio.studioOutput()).toEqual([]);
	});
});

describe("drafts", () => {
	test("hold back an update until the user commits it", async () => {
		await studio.refuse("drafts");
		await load(
			update(`print("editor", ScriptEditorService:GetEditorSource(managed))
			managed:GetPropertyChangedSignal("Source"):Connect(function() print("now", managed.Source) end)`),
		);
		expect(await studio.waitForStudioOutput("editor")).toEqual(["true", "source old", "editor old+new"]);
		await studio.commitDrafts();
		expect(await studio.waitForStudioOutput("now")).toContain("now old+new");
		await studio.allow("drafts");
	});

	test("can leave a new script empty, as reported for Rojo", async () => {
		await studio.refuse("new-source");
		expect(await probe(`${MANAGED} print("source [" .. managed.Source .. "]")`)).toEqual(["source []"]);
		await studio.allow("new-source");
	});
});

test("a script that was opened has a document", async () => {
	const printed = await probe(`${MANAGED}
		print(#ScriptEditorService:GetScriptDocuments(), ScriptEditorService:FindScriptDocument(managed))
		ScriptEditorService:OpenScriptDocumentAsync(managed)
		local document = ScriptEditorService:GetScriptDocuments()[1]
		print(document:GetScript() == managed, document:IsCommandBar(), document.Parent)
		print(ScriptEditorService:FindScriptDocument(managed) == document)
	`);
	expect(printed).toEqual(["0 nil", "true false ScriptEditorService", "true"]);
});
