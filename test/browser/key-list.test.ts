import { describe, expect, it } from "vitest";

import { chartText } from "../../server/dashboard/keys/chart-text.ts";
import { searchQuery } from "../../server/dashboard/keys/search-query.ts";

const KEY = `auxvyn_${"0123456789abcdef".repeat(3)}0123456789ab`;

describe("the search query", () => {
	it("is the text that was typed", () => {
		expect(searchQuery("  Crystal Caverns ")).toBe("Crystal Caverns");
		expect(searchQuery("auxvyn")).toBe("auxvyn");
		expect(searchQuery("é".repeat(80))).toBe("é".repeat(64));
	});

	it("is the last four characters of a pasted key or hint", () => {
		expect(searchQuery(KEY)).toBe("89ab");
		expect(searchQuery(` ${KEY.slice(0, 40)}\n`)).toBe(KEY.slice(36, 40));
		expect(searchQuery("auxvyn_…a41c")).toBe("a41c");
	});
});

describe("a chart's text", () => {
	const HOUR = Math.floor(new Date(2026, 10, 12, 17, 30).getTime() / 3_600_000);
	const hourly = (busiest: number) => Array.from({ length: 24 }, (_, index) => (index === busiest ? 9 : 1));

	it("gives the number of requests and the busiest hour", () => {
		expect(chartText(hourly(23), 48_213, HOUR)).toMatch(/^48,213 requests in 24 hours, most at 1[67]:/);
		expect(chartText(hourly(20), 32, HOUR)).toMatch(/^32 requests in 24 hours, most at 1[34]:/);
	});

	it("handles no requests, and one", () => {
		expect(chartText(new Array<number>(24).fill(0), 0, HOUR)).toBe("No requests in 24 hours");
		expect(chartText(hourly(23), 1, HOUR)).toContain("1 request in");
	});
});
