import { describe, expect, it } from "vitest";

import { createLimit } from "../../../server/http/limits.ts";
import { noPeers } from "../../../server/http/peers.ts";
import { testClock } from "../helper.ts";

function limit(max: number, scale = 1) {
	const clock = testClock();
	return { clock, limit: createLimit({ name: "attempts", peers: noPeers, max, windowSeconds: 600, clock, scale }) };
}

describe("a limit", () => {
	it("allows its number of attempts, then says how long to wait, then resets", () => {
		const { clock, limit: three } = limit(3);
		expect([1, 2, 3].map(() => three.take("a"))).toEqual([undefined, undefined, undefined]);
		expect(three.take("a")).toBe(600);
		clock.advance(599.5);
		expect(three.take("a")).toBe(1);
		clock.advance(0.5);
		expect(three.take("a")).toBeUndefined();
	});

	it("counts every key separately", () => {
		const { limit: one } = limit(1);
		one.hit("a");
		expect(one.retryAfter("a")).toBe(600);
		expect(one.retryAfter("b")).toBeUndefined();
	});

	it("does not count what is given back", () => {
		const { limit: one } = limit(1);
		one.hit("a");
		one.giveBack("a");
		expect(one.take("a")).toBeUndefined();
	});

	it("ignores the wall clock", () => {
		const { clock, limit: one } = limit(1);
		one.hit("a");
		clock.set(clock.now() + 86_400_000);
		expect(one.retryAfter("a")).toBe(600);
	});

	it("is multiplied by its scale, is at least one, and is off at 0", () => {
		const { limit: doubled } = limit(2, 2);
		expect([1, 2, 3, 4, 5].map(() => doubled.take("a"))).toEqual([undefined, undefined, undefined, undefined, 600]);
		const { limit: tiny } = limit(2, 0.01);
		expect([tiny.take("a"), tiny.take("a")]).toEqual([undefined, 600]);
		const { limit: off } = limit(1, 0);
		expect([1, 2, 3].map(() => off.take("a"))).toEqual([undefined, undefined, undefined]);
	});

	it("remembers a key that used it up through a flood of a hundred thousand other keys", () => {
		const { limit: two } = limit(2);
		two.hit("guesser");
		two.hit("guesser");
		for (let index = 0; index < 100_000; index++) two.hit(`other ${index}`);
		expect(two.retryAfter("guesser")).toBe(600);
	});
});
