import { expect, it } from "vitest";

import { addToLastHour, lastHourAt } from "../../../server/keys/last-hour.ts";

const MINUTE = 29_000_007;

it("adds up sixty minutes, whichever remainder they begin with", () => {
	for (let first = MINUTE; first < MINUTE + 60; first += 7) {
		let stored: Buffer | undefined;
		for (let minute = first; minute < first + 90; minute++) {
			stored = addToLastHour(stored, minute, 2);
			expect(lastHourAt(stored, minute)).toBe(2 * Math.min(60, minute - first + 1));
		}
	}
});

it("forgets what lies in minutes that nobody wrote", () => {
	const stored = addToLastHour(addToLastHour(undefined, MINUTE, 5), MINUTE + 40, 1);
	expect(lastHourAt(stored, MINUTE + 40)).toBe(6);
	expect(lastHourAt(stored, MINUTE + 60)).toBe(1);
	expect(lastHourAt(addToLastHour(stored, MINUTE + 500, 3), MINUTE + 500)).toBe(3);
	expect(lastHourAt(stored, MINUTE + 100)).toBe(0);
	expect(lastHourAt(null, MINUTE)).toBe(0);
});

it("takes what comes late, as long as it is of the last hour", () => {
	const stored = addToLastHour(undefined, MINUTE, 1);
	expect(lastHourAt(addToLastHour(stored, MINUTE - 59, 4), MINUTE)).toBe(5);
	expect(lastHourAt(addToLastHour(stored, MINUTE - 60, 4), MINUTE)).toBe(1);
});

it("never counts over its end", () => {
	const stored = addToLastHour(addToLastHour(undefined, MINUTE, 0xffff_ffff), MINUTE, 10);
	expect(lastHourAt(stored, MINUTE)).toBe(0xffff_ffff);
});
