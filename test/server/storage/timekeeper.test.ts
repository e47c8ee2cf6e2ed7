import { describe, expect, it } from "vitest";

import type { Clock } from "../../../server/clock.ts";
import { createTimekeeper, type StoredClock } from "../../../server/storage/timekeeper.ts";
import { testClock } from "../helper.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;

/** A start, `ahead` after the latest time that was stored. */
function startedAhead(ahead: number, of: Partial<StoredClock> = {}) {
	const clock = testClock();
	const latest = clock.now() - ahead;
	const timekeeper = createTimekeeper(clock, { latest, greatestWall: null, ...of });
	const pass = (milliseconds: number) => clock.advance(milliseconds / 1000);
	const step = (milliseconds: number) => clock.set(clock.now() + milliseconds);
	return { clock, latest, timekeeper, pass, step };
}

describe("the time in use", () => {
	it("is the wall clock on a new database, and after up to 30 days of downtime", () => {
		for (const { clock, timekeeper } of [startedAhead(0, { latest: 0 }), startedAhead(30 * DAY_MS)]) {
			expect([timekeeper.now(), timekeeper.isInDoubt(), timekeeper.leadMs()]).toEqual([clock.now(), false, 0]);
		}
	});

	it("goes on from the latest stored where the wall clock is further ahead", () => {
		const { latest, timekeeper, pass } = startedAhead(30 * DAY_MS + 1);
		expect([timekeeper.now(), timekeeper.isInDoubt()]).toEqual([latest, true]);
		expect(timekeeper.leadMs()).toBe(30 * DAY_MS + 1);
		pass(HOUR_MS);
		expect([timekeeper.now(), timekeeper.isInDoubt()]).toEqual([latest + HOUR_MS, true]);
	});

	it("runs on by the monotonic clock where the wall clock goes back, at the start or later", () => {
		const start = startedAhead(-2 * HOUR_MS);
		const later = startedAhead(0);
		later.step(-2 * HOUR_MS);
		for (const { latest, timekeeper, pass } of [start, later]) {
			expect([timekeeper.now(), timekeeper.leadMs(), timekeeper.isInDoubt()]).toEqual([latest, -2 * HOUR_MS, true]);
			pass(MINUTE_MS);
			expect(timekeeper.now()).toBe(latest + MINUTE_MS);
		}
	});

	it("follows steps of up to five minutes in all, whatever their number", () => {
		const { latest, timekeeper, step } = startedAhead(0);
		for (let minute = 1; minute <= 5; minute++) {
			step(MINUTE_MS);
			expect([timekeeper.now(), timekeeper.isInDoubt()]).toEqual([latest + minute * MINUTE_MS, false]);
		}
		step(1);
		expect([timekeeper.now(), timekeeper.isInDoubt()]).toEqual([latest + 5 * MINUTE_MS, true]);
	});

	it("is certain again once a step is undone", () => {
		const { latest, timekeeper, pass, step } = startedAhead(0);
		step(YEAR_MS);
		pass(MINUTE_MS);
		expect(timekeeper.isInDoubt()).toBe(true);
		step(-YEAR_MS);
		expect([timekeeper.now(), timekeeper.isInDoubt()]).toEqual([latest + MINUTE_MS, false]);
	});

	it("follows a wall clock that has run evenly for 24 hours, and only then", () => {
		const { clock, timekeeper, pass, step } = startedAhead(YEAR_MS);
		pass(23 * HOUR_MS);
		step(6 * MINUTE_MS);
		timekeeper.now();
		pass(DAY_MS - 1);
		expect(timekeeper.isInDoubt()).toBe(true);
		pass(1);
		expect([timekeeper.now(), timekeeper.isInDoubt(), timekeeper.leadMs()]).toEqual([clock.now(), false, 0]);
	});

	it("does not go back to a wall clock that has run evenly, but is certain again", () => {
		const { latest, timekeeper, pass } = startedAhead(-YEAR_MS);
		pass(DAY_MS);
		expect([timekeeper.now(), timekeeper.isInDoubt()]).toEqual([latest + DAY_MS, false]);
		timekeeper.adopt(timekeeper.now() + 1);
		expect(timekeeper.isInDoubt()).toBe(false);
	});

	it("takes over what another process has stored, and with it the wall clock that it believes", () => {
		const { clock, timekeeper } = startedAhead(YEAR_MS);
		timekeeper.adopt(clock.now() - MINUTE_MS);
		expect([timekeeper.now(), timekeeper.isInDoubt()]).toEqual([clock.now(), false]);
		timekeeper.adopt(clock.now() - HOUR_MS);
		expect(timekeeper.now()).toBe(clock.now());
	});

	it("counts the machine's sleep as time that passed", () => {
		const awake = testClock();
		let sleep = 0;
		const clock: Clock = { ...awake, sinceBoot: () => 5_000_000 + awake.monotonic() + sleep };
		const timekeeper = createTimekeeper(clock, { latest: awake.now(), greatestWall: null });
		for (let night = 0; night < 2; night++) {
			sleep += 8 * HOUR_MS;
			awake.set(awake.now() + 8 * HOUR_MS);
			expect([timekeeper.now(), timekeeper.isInDoubt()]).toEqual([awake.now(), false]);
		}
		awake.set(awake.now() + 8 * HOUR_MS);
		expect(timekeeper.isInDoubt()).toBe(true);
	});
});
