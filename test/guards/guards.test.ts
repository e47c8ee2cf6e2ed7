import { expect, test } from "vitest";

import { runGuards, runProperty, sampleOf } from "./run-guards.ts";

const CASES = 2000;
const STEPS = 40;
const SEED = Number(process.env["GUARDS_SEED"] ?? 20_261_129);

test("the plugin changes only the one legitimate Script, in any place", { timeout: 180_000 }, async () => {
	const { cases, expected, problems } = await runGuards(sampleOf(CASES, SEED));
	expect(problems.slice(0, 5), `GUARDS_SEED=${SEED}`).toEqual([]);
	expect(cases).toBe(CASES);
	// Otherwise they would show nothing.
	expect(expected.managed).toBeGreaterThan(CASES / 20);
	expect(expected.none).toBeGreaterThan(CASES / 40);
});

test("whatever is edited before and meanwhile, nothing else in the place changes", { timeout: 120_000 }, async () => {
	const { ends, problems } = await runProperty([SEED, SEED + 1, SEED + 2], STEPS);
	expect(problems, `GUARDS_SEED=${SEED}`).toEqual([]);
	const ended = [...ends.keys()];
	// Otherwise they would show nothing.
	expect(ended).toEqual(expect.arrayContaining(["replaceKey written", "install refused"]));
});
