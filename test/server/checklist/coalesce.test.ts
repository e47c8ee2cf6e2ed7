import { expect, test } from "vitest";

import { createCoalescer } from "../../../server/checklist/coalesce.ts";

/** Questions that the test answers itself. */
function questions() {
	const asked: PromiseWithResolvers<number>[] = [];
	const ask = (): Promise<number> => {
		const question = Promise.withResolvers<number>();
		asked.push(question);
		return question.promise;
	};
	return { asked, ask };
}

test("those who come while a question is under way share the next one, and none gets an answer from before", async () => {
	const { asked, ask } = questions();
	const share = createCoalescer<number>();
	const first = share("w", ask);
	const others = [share("w", ask), share("w", ask)];
	expect(asked.length).toBe(1);
	asked[0]?.resolve(1);
	expect(await first).toBe(1);
	await expect.poll(() => asked.length).toBe(2);
	const last = share("w", ask);
	asked[1]?.resolve(2);
	expect(await Promise.all(others)).toEqual([2, 2]);
	await expect.poll(() => asked.length).toBe(3);
	asked[2]?.resolve(3);
	expect(await last).toBe(3);
});

test("a question waits for none of another key", async () => {
	const { asked, ask } = questions();
	const share = createCoalescer<number>();
	const [, other] = [share("w", ask), share("x", ask)];
	asked[1]?.resolve(2);
	expect(await other).toBe(2);
});

test("a question that fails, fails for those who share it, and is asked anew for the next", async () => {
	const { asked, ask } = questions();
	const share = createCoalescer<number>();
	const first = share("w", ask);
	const others = [share("w", ask), share("w", ask)];
	asked[0]?.reject(new Error("busy"));
	await expect(first).rejects.toThrow("busy");
	await expect.poll(() => asked.length).toBe(2);
	asked[1]?.reject(new Error("full"));
	for (const other of others) await expect(other).rejects.toThrow("full");
	const next = share("w", ask);
	expect(asked.length).toBe(3);
	asked[2]?.resolve(3);
	expect(await next).toBe(3);
});
