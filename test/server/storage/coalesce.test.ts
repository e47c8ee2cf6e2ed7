import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { coalesce } from "../../../server/storage/postgres/coalesce.ts";

const TIMEOUT_MS = 2_000;

/** Runs that end when they are told to. */
function createRuns(onRun: () => void = () => undefined) {
	const runs: (PromiseWithResolvers<string> & { items: string[] })[] = [];
	const call = coalesce<string, string>({
		run(items) {
			const run = { ...Promise.withResolvers<string>(), items: [...items] };
			runs.push(run);
			onRun();
			return run.promise;
		},
		what: "the test",
		timeoutMs: TIMEOUT_MS,
	});
	return { runs, call };
}

/** Runs begin after the poll phase. */
const afterPoll = () => new Promise((resolve) => void setImmediate(resolve));

describe("coalesced calls", () => {
	it("share one run with all calls before it begins, and each item is there once", async () => {
		const { runs, call } = createRuns();
		const calls = ["a", "b", "a"].map(call);
		await afterPoll();
		expect(runs.map(({ items }) => items)).toEqual([["a", "b"]]);
		runs[0]?.resolve("done");
		expect(await Promise.all(calls)).toEqual(["done", "done", "done"]);
	});

	it("wait for a run that begins after them, when one is under way", async () => {
		const { runs, call } = createRuns();
		const first = call("a");
		await afterPoll();
		const later = [call("a"), call("b")];
		await afterPoll();
		expect(runs).toHaveLength(1);
		runs[0]?.resolve("first");
		expect(await first).toBe("first");
		expect(runs.map(({ items }) => items)).toEqual([["a"], ["a", "b"]]);
		runs[1]?.resolve("second");
		expect(await Promise.all(later)).toEqual(["second", "second"]);
	});

	it("fail with their run, and the next ones do not", async () => {
		const { runs, call } = createRuns();
		const first = call("a");
		await afterPoll();
		const second = call("b");
		runs[0]?.reject(new Error("cut"));
		await expect(first).rejects.toThrow("cut");
		runs[1]?.resolve("done");
		expect(await second).toBe("done");
	});
});

describe("a coalesced call that has waited for too long", () => {
	beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
	afterEach(() => void vi.useRealTimers());

	it("fails, whether its run is under way or has not begun", async () => {
		const { runs, call } = createRuns();
		const failed = [call("a")];
		await afterPoll();
		failed.push(call("b"));
		vi.advanceTimersByTime(TIMEOUT_MS);
		for (const each of failed)
			await expect(each).rejects.toMatchObject({
				code: "unavailable",
				message: "PostgreSQL did not answer the test within 2000 ms.",
			});
		runs[0]?.resolve("late");
		await afterPoll();
		expect(runs).toHaveLength(1);
	});

	it("leaves the next runs one at a time", async () => {
		const later: Promise<string>[] = [];
		const { runs, call } = createRuns(() => {
			if (later.length === 0) queueMicrotask(() => later.push(call("c")));
		});
		const failed = call("a");
		vi.advanceTimersByTime(TIMEOUT_MS);
		await expect(failed).rejects.toMatchObject({ code: "unavailable" });
		const first = call("b");
		await afterPoll();
		expect(runs.map(({ items }) => items)).toEqual([["b"]]);
		runs[0]?.resolve("first");
		await first;
		runs[1]?.resolve("second");
		expect(await Promise.all(later)).toEqual(["second"]);
	});

	it("fails even if the process was stopped meanwhile, and its timers with it", async () => {
		const { runs, call } = createRuns();
		const stopped = call("a");
		await afterPoll();
		vi.spyOn(performance, "now").mockReturnValue(performance.now() + TIMEOUT_MS + 1);
		runs[0]?.resolve("late");
		await expect(stopped).rejects.toMatchObject({ code: "unavailable" });
	});
});
