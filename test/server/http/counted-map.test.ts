import { expect, it } from "vitest";

import { CountedMap } from "../../../server/http/counted-map.ts";

it("a counter that is back at zero makes room for others", () => {
	const map = new CountedMap<{ count: number }>(2);
	for (const key of ["first", "second"]) map.set(key, { count: 1 });
	map.set("second", { count: 0 });
	map.set("third", { count: 1 });
	expect(["first", "second", "third"].map((key) => map.get(key)?.count)).toEqual([1, undefined, 1]);
});
