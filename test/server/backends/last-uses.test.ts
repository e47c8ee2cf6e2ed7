import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { recordBackendUses } from "../../../server/backends/backend-uses.store.ts";
import { createLastUses } from "../../../server/backends/last-uses.ts";
import type { Storage } from "../../../server/storage/storage.ts";
import { testClock } from "../helper.ts";

const MINUTE_S = 60;
const TICK_MS = 2_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The times written, of any number of uses of one backend. */
function start() {
	const clock = testClock();
	const written: number[] = [];
	const errors: unknown[] = [];
	let failing = false;
	const write = ((store: unknown, { uses }: { uses: { id: string; at: number }[] }) => {
		if (failing) return Promise.reject(new Error("locked"));
		expect(store).toBe(recordBackendUses);
		written.push(...uses.map(({ at }) => at));
		return Promise.resolve();
	}) as Storage["write"];
	const lastUses = createLastUses({ write }, clock, (error) => errors.push(error));
	const use = async () => {
		lastUses.record("bk_1");
		await vi.advanceTimersByTimeAsync(TICK_MS);
	};
	return { clock, written, errors, lastUses, use, fail: (is: boolean) => void (failing = is) };
}

it("is written soon after the first use, then at most once a minute, and on close", async () => {
	const { clock, written, lastUses, use } = start();
	const first = clock.now();
	await use();
	expect(written).toEqual([first]);
	for (let second = 1; second < MINUTE_S; second++) {
		clock.advance(1);
		await use();
	}
	expect(written).toEqual([first]);
	clock.advance(1);
	await use();
	expect(written).toEqual([first, first + MINUTE_S * 1_000]);
	clock.advance(1);
	await use();
	await lastUses.close();
	expect(written).toEqual([first, first + MINUTE_S * 1_000, clock.now()]);
});

it("is kept and written later if the database cannot be written", async () => {
	const { clock, written, errors, use, fail } = start();
	fail(true);
	await use();
	expect(errors).toHaveLength(1);
	fail(false);
	await vi.advanceTimersByTimeAsync(TICK_MS);
	expect(written).toEqual([clock.now()]);
});

it("writes nothing without a use", async () => {
	const { written, lastUses } = start();
	await vi.advanceTimersByTimeAsync(10 * TICK_MS);
	await lastUses.close();
	expect(written).toEqual([]);
});
