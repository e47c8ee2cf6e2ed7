import type { Mutant } from "./mutant.ts";

const TIMEKEEPER = ["server/storage/timekeeper.test.ts"];
const CLOCK = ["server/wrong-clock.test.ts"];

export const clock: Mutant[] = [
	{
		file: "server/storage/timekeeper.ts",
		original: "first <= storedOffset + DOWNTIME_MS",
		replacement: "first <= storedOffset + 400 * 24 * HOUR_MS",
		tests: TIMEKEEPER,
	},
	{
		file: "server/storage/timekeeper.ts",
		original: "if (isExpected(wall)) offset = Math.max(offset, wall);",
		replacement: "offset = Math.max(offset, wall);",
		tests: TIMEKEEPER,
	},
	{
		file: "server/storage/timekeeper.ts",
		original: "if (isExpected(wall)) offset = Math.max(offset, wall);",
		replacement: "if (isExpected(wall)) offset = trusted = Math.max(offset, wall);",
		tests: TIMEKEEPER,
	},
	{
		file: "server/storage/timekeeper.ts",
		original: "offset = Math.max(offset, wall);",
		replacement: "offset = wall;",
		tests: TIMEKEEPER,
	},
	{
		file: "server/storage/timekeeper.ts",
		original: "if (Math.abs(wall - even.offset) > TOLERANCE_MS) even",
		replacement: "if (Math.abs(wall - even.offset) > 12 * HOUR_MS) even",
		tests: TIMEKEEPER,
	},
	{
		file: "server/storage/timekeeper.ts",
		original: "if (ahead > TOLERANCE_MS) trusted = offset;",
		replacement: "trusted = offset;",
		tests: TIMEKEEPER,
	},
	{
		file: "server/storage/timekeeper.ts",
		original: "if (asleep > slept + STEP_MS) slept = asleep;",
		replacement: "if (slept === 0) slept = asleep;",
		tests: TIMEKEEPER,
	},
	{
		file: "server/maintenance/clock-watch.ts",
		original: "return async () => !isInDoubt() && (await chore());",
		replacement: "return chore;",
		tests: CLOCK,
	},
	{
		file: "server/maintenance/clock-watch.ts",
		original: "if (isInDoubt()) adopt(",
		replacement: "if (!isInDoubt()) adopt(",
		tests: CLOCK,
	},
	{
		file: "server/maintenance/clock-watch.ts",
		original: "if (reported) await store();",
		replacement: "",
		tests: CLOCK,
	},
	{
		file: "server/maintenance/clock-watch.ts",
		original: 'if (stored.greatestWall !== null) await storage.write(forgetWall, undefined, { priority: "low" });',
		replacement: "",
		tests: CLOCK,
	},
	{
		file: "server/storage/clock.store.ts",
		original: "latest: Math.max(latest, wall)",
		replacement: "latest",
		tests: CLOCK,
	},
	{
		file: "server/accounts/sessions/time-shift.ts",
		original: "time.getTime() + storage.now() - Date.now()",
		replacement: "time.getTime()",
		tests: CLOCK,
	},
	{
		file: "server/app.ts",
		original: "now: () => storage.now(), monotonic",
		replacement: "now: () => machineClock.now(), monotonic",
		tests: CLOCK,
	},
];
