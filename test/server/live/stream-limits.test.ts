import { expect, it } from "vitest";

import { networksOf } from "../../../server/http/networks.ts";
import { requireStreamRoom } from "../../../server/live/stream-limits.ts";

/** Opens streams as far as there is room, and says how many there were. */
function openFrom(addresses: string[], each: number) {
	const open: { accountId: string; networks: string[] }[] = [];
	const counts = {
		count: () => open.length,
		countOf: (accountId: string) => open.filter((stream) => stream.accountId === accountId).length,
		countFrom: (network: string) => open.filter(({ networks }) => networks.includes(network)).length,
	};
	const tryOpen = (accountId: string, address: string): boolean => {
		try {
			requireStreamRoom(counts, accountId, address);
		} catch {
			return false;
		}
		open.push({ accountId, networks: networksOf(address).map(({ name }) => name) });
		return true;
	};
	for (const address of addresses)
		for (let count = 0; count < each; count++) tryOpen(`${address} ${Math.floor(count / 20)}`, address);
	return { opened: open.length, tryOpen };
}

it.each([
	["one address", ["203.0.113.1"], 100],
	["an IPv4 /24", Array.from({ length: 50 }, (_, n) => `203.0.113.${n}`), 500],
	["an IPv6 /56", Array.from({ length: 50 }, (_, n) => `2001:db8:0:${n.toString(16)}::`), 400],
	["an IPv6 /48", Array.from({ length: 50 }, (_, n) => `2001:db8:0:${(n * 256).toString(16)}::`), 500],
])("%s cannot take all live streams", (_what, addresses, most) => {
	const { opened, tryOpen } = openFrom(addresses, 110);
	expect(opened).toBe(most);
	expect(tryOpen("rin", "198.51.100.7")).toBe(true);
});

it("an account has at most twenty live streams", () => {
	const { tryOpen } = openFrom([], 0);
	const opened = Array.from({ length: 25 }, (_, n) => tryOpen("rin", `198.51.${n}.1`));
	expect(opened.filter(Boolean)).toHaveLength(20);
});
