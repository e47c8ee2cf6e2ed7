import { expect, test } from "vitest";

import { runGuards, sampleOf } from "./run-guards.ts";

const CASES = 2000;

test("the plugin changes only the one legitimate Script, in any place", { timeout: 180_000 }, async () => {
	const seed = Number(process.env["GUARDS_SEED"] ?? 20_261_129);
	const { cases, expected, problems } = await runGuards(sampleOf(CASES, seed));
	expect(problems.slice(0, 5), `GUARDS_SEED=${seed}`).toEqual([]);
	expect(cases).toBe(CASES);
	// Otherwise they would show nothing.
	expect(expected.managed).toBeGreaterThan(CASES / 20);
	expect(expected.none).toBeGreaterThan(CASES / 40);
});
