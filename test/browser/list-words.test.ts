import { describe, expect, it } from "vitest";

import { chartWords } from "../../server/dashboard/keys/chart-words.ts";
import { searchWords } from "../../server/dashboard/keys/search-words.ts";

const KEY = `auxvyn_${"0123456789abcdef".repeat(3)}0123456789ab`;

describe("what is searched for", () => {
	it("is what somebody typed", () => {
		expect(searchWords("  Crystal Caverns ")).toBe("Crystal Caverns");
		expect(searchWords("auxvyn")).toBe("auxvyn");
		expect(searchWords("é".repeat(80))).toBe("é".repeat(64));
	});

	it("is the last four characters of a key that somebody pasted, or of a hint as it is shown", () => {
		expect(searchWords(KEY)).toBe("89ab");
		expect(searchWords(` ${KEY.slice(0, 40)}\n`)).toBe(KEY.slice(36, 40));
		expect(searchWords("auxvyn_…a41c")).toBe("a41c");
	});
});

describe("a chart in words", () => {
	const HOUR = Math.floor(new Date(2026, 10, 12, 17, 30).getTime() / 3_600_000);
	const hourly = (busiest: number) => Array.from({ length: 24 }, (_, index) => (index === busiest ? 9 : 1));

	it("says how many requests there were, and when the most", () => {
		expect(chartWords(hourly(23), 48_213, HOUR)).toMatch(/^48,213 requests in 24 hours, most at 1[67]:/);
		expect(chartWords(hourly(20), 32, HOUR)).toMatch(/^32 requests in 24 hours, most at 1[34]:/);
	});

	it("says so where there were none, or one", () => {
		expect(chartWords(new Array<number>(24).fill(0), 0, HOUR)).toBe("No requests in 24 hours");
		expect(chartWords(hourly(23), 1, HOUR)).toContain("1 request in");
	});
});
