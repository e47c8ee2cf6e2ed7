import { expect, test } from "vitest";

import { createCoalescer } from "../../../server/checklist/coalesce.ts";

/** Work that the test completes by hand. */
function manualWork() {
	const started: PromiseWithResolvers<number>[] = [];
	const work = (): Promise<number> => {
		const result = Promise.withResolvers<number>();
		started.push(result);
		return result.promise;
	};
	return { started, work };
}

test("calls during a run share the next run, so none gets an older result", async () => {
	const { started, work } = manualWork();
	const coalesce = createCoalescer<number>();
	const first = coalesce("w", work);
	const others = [coalesce("w", work), coalesce("w", work)];
	expect(started.length).toBe(1);
	started[0]?.resolve(1);
	expect(await first).toBe(1);
	await expect.poll(() => started.length).toBe(2);
	const last = coalesce("w", work);
	started[1]?.resolve(2);
	expect(await Promise.all(others)).toEqual([2, 2]);
	await expect.poll(() => started.length).toBe(3);
	started[2]?.resolve(3);
	expect(await last).toBe(3);
});

test("calls with different keys run concurrently", async () => {
	const { started, work } = manualWork();
	const coalesce = createCoalescer<number>();
	const [, other] = [coalesce("w", work), coalesce("x", work)];
	started[1]?.resolve(2);
	expect(await other).toBe(2);
});

test("a failure reaches all calls that share the run, and the next call runs again", async () => {
	const { started, work } = manualWork();
	const coalesce = createCoalescer<number>();
	const first = coalesce("w", work);
	const others = [coalesce("w", work), coalesce("w", work)];
	started[0]?.reject(new Error("busy"));
	await expect(first).rejects.toThrow("busy");
	await expect.poll(() => started.length).toBe(2);
	started[1]?.reject(new Error("full"));
	for (const other of others) await expect(other).rejects.toThrow("full");
	const next = coalesce("w", work);
	expect(started.length).toBe(3);
	started[2]?.resolve(3);
	expect(await next).toBe(3);
});
