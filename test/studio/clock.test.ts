import { expect, test } from "vitest";

import { openBench } from "./helper.ts";

const { studio, load, probe } = await openBench();

test("ten minutes pass at once when told to, step by step and in order", async () => {
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

test("all of a script's clocks agree on how much time has passed", async () => {
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

test("time goes by itself as well", async () => {
	expect(await probe(`local waited = task.wait(0.05) print(waited >= 0.05 and waited < 20)`)).toEqual(["true"]);
});

test("deferred work runs after what is running, and cancelled work not at all", async () => {
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

test("an error in one thread is told, and stops no other", async () => {
	const printed = await probe(`
		task.spawn(function() error("broken") end)
		task.spawn(function() error({ code = 1 }) end)
		print(select(2, pcall(error, { code = 2 })).code, coroutine.resume(coroutine.create(function() error("in", 0) end)))
	`);
	expect(printed[0]).toMatch(/Auxvyn:2: broken$/);
	expect(printed.at(-1)).toBe("2 false in");
});
