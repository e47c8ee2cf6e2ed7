import { expect, test } from "vitest";

import { SizedMap } from "../../../server/keys/authenticate/sized-map.ts";

const sized = (bytes: number) => ({ bytes });

test("a sized map holds at most its bytes, and keeps what was set last", () => {
	const map = new SizedMap<{ bytes: number }>(1_000);
	for (let key = 0; key < 500; key++) {
		map.set(String(key), sized(7 + (key % 50)));
		expect(map.bytes).toBeLessThanOrEqual(1_000);
		for (const recent of [key, key - 1, key - 2].filter((each) => each >= 0))
			expect(map.get(String(recent))).toBeDefined();
	}
	expect(map.get("0")).toBeUndefined();
});

test("a sized map counts a value once, and what it grows by", () => {
	const map = new SizedMap<{ bytes: number }>(1_000);
	for (let time = 0; time < 100; time++) map.set("one", sized(10));
	expect(map.bytes).toBe(10);
	const value = sized(10);
	map.set("one", value);
	map.grow(value, 5);
	map.set("one", sized(10));
	expect(map.bytes).toBe(10);
	map.clear();
	expect(map.bytes).toBe(0);
	expect(map.get("one")).toBeUndefined();
});
