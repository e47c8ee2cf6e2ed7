import { expect, test } from "vitest";

import { openBench } from "./helper.ts";

const { studio, load, probe } = await openBench();

test("advance runs ten minutes of timers at once, in order", async () => {
	await load(`
		local began = os.clock()
		local function at() return math.round((os.clock() - began) / 60) end
		task.delay(120, function() print("delayed", at()) end)
		task.spawn(function()
			for _ = 1, 10 do
				task.wait(60)
				print("minute", at())
			end
		end)
	`);
	await studio.advance(601);
	const printed = await studio.studioOutput();
	expect(printed.slice(0, 3)).toEqual(["minute 1", "delayed 2", "minute 2"]);
	expect(printed.at(-1)).toBe("minute 10");
});

test("all of a script's clocks agree", async () => {
	await load(`
		local unix, clock, millis, ticks, spent = os.time(), os.clock(), DateTime.now().UnixTimestampMillis, tick(), time()
		task.delay(3600, function()
			local hours = { os.time() - unix, os.clock() - clock, (DateTime.now().UnixTimestampMillis - millis) / 1000 }
			table.insert(hours, tick() - ticks)
			table.insert(hours, time() - spent)
			for index, seconds in hours do hours[index] = math.round(seconds / 3600) end
			print(table.concat(hours, " "))
		end)
	`);
	await studio.advance(3601);
	expect(await studio.studioOutput()).toEqual(["1 1 1 1 1"]);
});

test("the clock also follows real time", async () => {
	expect(await probe(`local waited = task.wait(0.05) print(waited >= 0.05 and waited < 20)`)).toEqual(["true"]);
});

test("deferred work runs after the current thread, and cancelled work does not run", async () => {
	const printed = await probe(`
		local cancelled = task.delay(0, function() print("never") end)
		task.defer(function() print("deferred") end)
		task.spawn(function() print("spawned") end)
		task.cancel(cancelled)
		print("first")
		task.wait(0.1)
	`);
	expect(printed).toEqual(["spawned", "first", "deferred"]);
});

test("an error in one thread is printed and does not stop others", async () => {
	const printed = await probe(`
		task.spawn(function() error("broken") end)
		task.spawn(function() error({ code = 1 }) end)
		print(select(2, pcall(error, { code = 2 })).code, coroutine.resume(coroutine.create(function() error("in", 0) end)))
	`);
	expect(printed[0]).toMatch(/Auxvyn:2: broken$/);
	expect(printed.at(-1)).toBe("2 false in");
});

test("to a plugin in a slow Studio, time passes between two looks at the clock", async () => {
	await studio.refuse("slow", { seconds: 2 });
	const printed = await probe("local began = os.clock() os.clock() print(math.round(os.clock() - began))");
	await studio.allow("slow");
	expect(printed).toEqual(["4"]);
});
