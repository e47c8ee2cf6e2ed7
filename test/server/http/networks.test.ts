import { describe, expect, it } from "vitest";

import { createNetworkLimit } from "../../../server/http/network-limits.ts";
import { homeNetworkOf, networksOf } from "../../../server/http/networks.ts";
import { noPeers } from "../../../server/http/peers.ts";
import { testClock } from "../helper.ts";

const names = (address: string) => networksOf(address).map(({ name }) => name);

function limit(max: number) {
	return createNetworkLimit({
		name: "attempts",
		peers: noPeers,
		max,
		windowSeconds: 600,
		clock: testClock(),
		scale: 1,
	});
}

describe("the networks of a client", () => {
	it("are its IPv4 address and /24", () => {
		expect(names("203.0.113.7")).toEqual(["203.0.113.7", "203.0.113.0/24"]);
	});

	it.each([
		["2001:db8:1:2::", ["2001:db8:1:2::", "2001:db8:1::/56", "2001:db8:1::/48"]],
		["2001:db8:1:a3ff::", ["2001:db8:1:a3ff::", "2001:db8:1:a300::/56", "2001:db8:1::/48"]],
		["2001:db8::", ["2001:db8::", "2001:db8::/56", "2001:db8::/48"]],
		["::", ["::", "::/56", "::/48"]],
	])("are the /64, /56 and /48 of %s", (address, expected) => {
		expect(names(address)).toEqual(expected);
	});

	it("are one for clients whose address is unknown", () => {
		expect(names("unknown")).toEqual(["unknown"]);
	});

	it("have one that stands for the household", () => {
		expect(homeNetworkOf("203.0.113.7")).toBe("203.0.113.7");
		expect(homeNetworkOf("2001:db8:1:a3ff::")).toBe("2001:db8:1:a300::/56");
	});
});

describe("a limit by networks", () => {
	it.each([
		["a /24", (index: number) => `203.0.113.${index}`, 8],
		["a /56", (index: number) => `2001:db8:0:${index.toString(16)}::`, 4],
		["a /48", (index: number) => `2001:db8:0:${index.toString(16)}00::`, 16],
	])("allows %s as much as a few of its addresses", (_what, address, shares) => {
		const two = limit(2);
		const counted = Array.from({ length: 40 }, (_, index) => two.take(address(index)));
		expect(counted.filter((wait) => wait === undefined)).toHaveLength(2 * shares);
		expect(two.take("192.0.2.1")).toBeUndefined();
		expect(two.take("2001:db8:1::")).toBeUndefined();
	});

	it("still limits each address, and counts separately what is about something else", () => {
		const two = limit(2);
		const address = "203.0.113.7";
		expect([1, 2, 3].map(() => two.take(address, "rin"))).toEqual([undefined, undefined, 600]);
		expect(two.take(address, "jo")).toBeUndefined();
		two.giveBack(address, "rin");
		expect(two.take(address, "rin")).toBeUndefined();
		two.forget(address, "rin");
		expect(two.retryAfter(address, "rin")).toBeUndefined();
	});

	it("counts nothing for an attempt that it refuses", () => {
		const one = limit(1);
		for (let time = 0; time < 20; time++) one.take("203.0.113.7");
		expect(one.take("203.0.113.8")).toBeUndefined();
	});
});
