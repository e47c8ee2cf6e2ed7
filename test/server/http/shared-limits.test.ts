import { describe, expect, it } from "vitest";

import { createPace } from "../../../server/accounts/sessions/pace.ts";
import { createLimit } from "../../../server/http/limits.ts";
import { createNetworkLimit } from "../../../server/http/network-limits.ts";
import { createPollTimes } from "../../../server/pairing/poll-times.ts";
import { testClock } from "../helper.ts";
import { twoPeers } from "../two-peers.ts";

const NAME = "attempts";

describe("two processes that serve one port", () => {
	function twoLimits(max: number) {
		const clock = testClock();
		const [one, other] = twoPeers();
		const options = { name: NAME, max, windowSeconds: 600, clock, scale: 1 };
		return { clock, one: createLimit({ ...options, peers: one }), other: createLimit({ ...options, peers: other }) };
	}

	it("together allow as many attempts as one", () => {
		const { clock, one, other } = twoLimits(3);
		expect([one.take("a"), other.take("a"), one.take("a")]).toEqual([undefined, undefined, undefined]);
		expect([one.take("a"), other.take("a")]).toEqual([600, 600]);
		expect(other.take("b")).toBeUndefined();
		clock.advance(600);
		expect([one.take("a"), other.take("a"), one.take("a")]).toEqual([undefined, undefined, undefined]);
	});

	it("both take back what one gives back, and forget what one forgets", () => {
		const { one, other } = twoLimits(2);
		one.hit("a");
		other.hit("a");
		expect(other.retryAfter("a")).toBe(600);
		one.giveBack("a");
		expect(other.retryAfter("a")).toBeUndefined();
		other.hit("a");
		expect(one.retryAfter("a")).toBe(600);
		one.forget("a");
		expect(other.retryAfter("a")).toBeUndefined();
	});

	it("count by network together, before either has seen it", () => {
		const [one, other] = twoPeers();
		const options = { name: NAME, max: 1, windowSeconds: 600, clock: testClock(), scale: 1 };
		const here = createNetworkLimit({ ...options, peers: one });
		const there = createNetworkLimit({ ...options, peers: other });
		for (let host = 1; host <= 8; host++) here.hit(`203.0.113.${host}`);
		expect(there.retryAfter("203.0.113.9")).toBe(600);
		expect(there.retryAfter("198.51.100.9")).toBeUndefined();
	});

	it("slow down guesses together", () => {
		const [one, other] = twoPeers();
		const options = { name: NAME, clock: testClock(), scale: 1 };
		const here = createPace({ ...options, peers: one });
		const there = createPace({ ...options, peers: other });
		for (let failure = 0; failure < 10; failure++) for (const pace of [here, there]) pace.hit("jo@example.com");
		expect([here, there].map((pace) => pace.retryAfter("jo@example.com"))).toEqual([1, 1]);
	});

	it("see a poll that comes too soon, whichever of them got the one before", () => {
		const clock = testClock();
		const [here, there] = twoPeers().map((peers) => createPollTimes({ clock, peers, intervalSeconds: 5 }));
		expect(here?.isTooSoon("pairing")).toBe(false);
		clock.advance(2);
		expect(there?.isTooSoon("pairing")).toBe(true);
		clock.advance(5);
		expect(here?.isTooSoon("pairing")).toBe(false);
	});
});
