import { expect, it } from "vitest";

import { createReplacementDelay } from "../../../server/workers/replacement-delay.ts";

it("a process is replaced at once, and later each time if it ends soon again", () => {
	let now = 0;
	const delay = createReplacementDelay(() => now);
	const endAfter = (milliseconds: number): number => {
		delay.started();
		now += milliseconds;
		return delay.next();
	};
	expect([1, 2, 3, 4].map(() => endAfter(500))).toEqual([0, 1_000, 2_000, 4_000]);
	expect(Array.from({ length: 100 }, () => endAfter(500)).at(-1)).toBe(30_000);
	expect([endAfter(60_000), endAfter(500)]).toEqual([0, 1_000]);
});
