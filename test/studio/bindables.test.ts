import { expect, test } from "vitest";

import { openBench } from "./helper.ts";
import { writePlace } from "./place-file.ts";

const { studio, file, probe } = await openBench();

test("a BindableFunction's callback can be set, not read", async () => {
	const printed = await probe(`
		local bindable = Instance.new("BindableFunction")
		print(pcall(function() return bindable.OnInvoke end))
		print(pcall(function() bindable.OnInvoke = 1 end))
		bindable.OnInvoke = function(a, b) return a + b, nil, "end" end
		print(bindable:Invoke(1, 2))
		bindable.OnInvoke = function() return end
		print(select("#", bindable:Invoke()))
	`);
	expect(printed).toEqual([
		"false OnInvoke is a callback member of BindableFunction; you can only set the callback value, get is not available",
		"false Unable to assign property OnInvoke. function expected, got number",
		"3 nil end",
		"0",
	]);
});

test("Invoke waits for the callback to be set and to return, and throws its error", async () => {
	const printed = await probe(`
		local bindable = Instance.new("BindableFunction")
		task.delay(0.05, function()
			bindable.OnInvoke = function(value)
				task.wait(0.05)
				if value == "bad" then error("refused", 0) end
				return value .. "!"
			end
		end)
		print(bindable:Invoke("late"))
		print(pcall(bindable.Invoke, bindable, "bad"))
	`);
	expect(printed).toEqual(["late!", "false refused"]);
});

test("tables are copied both ways, without metatables, and no metamethod runs", async () => {
	const printed = await probe(`
		local bindable = Instance.new("BindableFunction")
		local received
		bindable.OnInvoke = function(value)
			received = value
			value.added = true
			return value
		end
		local trap = setmetatable({ name = "n", part = workspace.Baseplate, deep = { list = { 1, 2 } } }, {
			__index = function() error("trapped") end,
			__iter = function() error("trapped") end,
			__tostring = function() error("trapped") end,
			__metatable = "locked",
		})
		local back = bindable:Invoke(trap)
		print(rawget(trap, "added"), received == trap, back == received, getmetatable(received), received.missing)
		print(back.name, back.part == workspace.Baseplate, back.deep.list[2], back.added)
		local cyclic = {}
		cyclic.own = cyclic
		print(pcall(bindable.Invoke, bindable, cyclic))
	`);
	expect(printed).toEqual(["nil false false nil nil", "n true 2 true", "false tables cannot be cyclic"]);
});

test("an array loses its other keys, keys become strings, and foreign userdata becomes nil", async () => {
	const printed = await probe(`
		local event = Instance.new("BindableEvent")
		event.Event:Connect(function(mixed, keyed, userdata, color, fn)
			print(#mixed, mixed.lost, keyed.Baseplate, keyed["7"], userdata, color.R, fn())
		end)
		event:Fire({ 1, 2, lost = true }, { [workspace.Baseplate] = "part", [7] = "seven" }, newproxy(true), Color3.new(1), function() return "called" end)
		task.wait()
	`);
	expect(printed).toEqual(["2 nil part seven nil 1 called"]);
});

test("each connection of a BindableEvent gets its own copy", async () => {
	const printed = await probe(`
		local event = Instance.new("BindableEvent")
		for index = 1, 2 do
			event.Event:Connect(function(value) print(value.mark) value.mark = "changed" end)
		end
		event:Fire({ mark = "sent" })
		task.wait()
	`);
	expect(printed).toEqual(["sent", "sent"]);
});

test("a callback ends with its Script; Invoke then waits for the next", async () => {
	const place = await writePlace(file("place.rbxl"), [
		{ class: "ServerStorage", children: [{ class: "BindableFunction" }] },
		{
			class: "ServerScriptService",
			children: [
				{
					class: "Script",
					name: "Answers",
					source: "game.ServerStorage.BindableFunction.OnInvoke = function() return script:GetAttribute('Times') end",
				},
			],
		},
	]);
	await studio.open(place, { facts: "published" });
	const { server } = await studio.publish();
	const result = await studio.run(
		`local answers, bindable = game.ServerScriptService.Answers, game.ServerStorage.BindableFunction
		answers:SetAttribute("Times", 1)
		local first = bindable:Invoke()
		answers.Enabled = false
		task.delay(0.05, function() answers:SetAttribute("Times", 2) answers.Enabled = true end)
		return first, bindable:Invoke()`,
		{ server },
	);
	expect(result).toBe("1 2");
});
