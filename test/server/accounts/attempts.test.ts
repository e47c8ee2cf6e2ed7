import { describe, expect, it } from "vitest";

import { createAttempts } from "../../../server/accounts/sessions/attempts.ts";
import { createPace } from "../../../server/accounts/sessions/pace.ts";
import { loadConfig } from "../../../server/config.ts";
import { noPeers } from "../../../server/http/peers.ts";
import { testClock } from "../helper.ts";

const JO = "jo@example.com";

describe("the pace of guesses at an account", () => {
	/** Slowed down for `JO`. */
	function slowedDown() {
		const pace = createPace({ name: "guesses", peers: noPeers, clock: testClock(), scale: 1 });
		for (let failure = 0; failure < 20; failure++) pace.hit(JO);
		expect(pace.retryAfter(JO)).toBe(1);
		return pace;
	}

	it("outlasts a flood of attempts that are taken back, or are the first at their accounts", () => {
		const pace = slowedDown();
		for (let index = 0; index < 55_000; index++) pace.hit(`stranger ${index}`);
		expect(pace.retryAfter(JO)).toBe(1);
		for (let index = 0; index < 55_000; index++) {
			pace.hit(`stranger ${index}`);
			pace.giveBack(`stranger ${index}`);
		}
		expect(pace.retryAfter(JO)).toBe(1);
	});

	it("forgets what is taken back", () => {
		const pace = slowedDown();
		pace.giveBack(JO);
		expect(pace.retryAfter(JO)).toBeUndefined();
		pace.hit(JO);
		expect(pace.retryAfter(JO)).toBe(1);
	});
});

describe("a sign-in from an address with too many passwords in progress", () => {
	it("is refused before it is counted", async () => {
		const attempts = createAttempts({
			clock: testClock(),
			config: loadConfig({ RATE_LIMIT_SCALE: "1" }),
			peers: noPeers,
		});
		const visitor = { address: "203.0.113.9", isKnown: false };
		let release = (): void => undefined;
		const released = new Promise<void>((resolve) => (release = resolve));
		const working = Array.from({ length: 8 }, () => attempts.limitHashing(visitor, () => released));
		const from = (address: string) => () => attempts.beginSignIn({ email: JO, address, knownBy: {} });
		for (let attempt = 0; attempt < 11; attempt++) expect(from(visitor.address)).toThrow("from here at once");
		expect(from("198.51.100.1")).not.toThrow();
		release();
		await Promise.all(working);
		expect(from(visitor.address)).not.toThrow();
	});
});
