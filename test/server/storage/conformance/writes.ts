import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import {
	addNumberedRow,
	addOrphan,
	addRow,
	addRowAndFail,
	addRowAndRefuse,
	addRowDespiteFailure,
	addRowSlowly,
	catchAndReturn,
	countRows,
	countRuns,
	keepBusy,
	listRows,
	listWrites,
	readTime,
	returnFunction,
	throwNonError,
} from "../probes.store.ts";
import type { Engine } from "./engine.ts";

export function writes(engine: Engine): void {
	describe(`${engine.name}: a write`, () => {
		it("is visible to every read and scan that starts after it resolved, in any process", async () => {
			const database = await engine.create();
			const [here, there] = [await database.open(), await database.open()];
			expect(await here.write(addRow, { id: "ws_1" })).toBe("ws_1");
			expect(await here.read(countRows, undefined)).toEqual({ count: 1 });
			expect(await there.read(countRows, undefined)).toEqual({ count: 1 });
			expect(await there.scan(listRows, undefined)).toEqual(["ws_1"]);
		});

		it("that is refused is undone entirely, and the refusal arrives as it was thrown", async () => {
			const storage = await (await engine.create()).open();
			await expect(storage.write(addRowAndRefuse, { id: "ws_1" })).rejects.toMatchObject({
				name: "ProblemError",
				statusCode: 409,
				code: "refused",
				message: "Refused, as asked.",
				headers: { "Retry-After": "7" },
				errors: [{ path: "id", message: "wrong" }],
			});
			expect(await storage.scan(listRows, undefined)).toEqual([]);
		});

		it("that fails is undone entirely, and the error keeps its stack", async () => {
			const storage = await (await engine.create()).open();
			const error = await storage.write(addRowAndFail, { id: "ws_1" }).catch((caught: unknown) => caught as Error);
			expect(error).toMatchObject({ message: "power cut" });
			expect((error as Error).stack).toContain("addRowAndFail");
			expect(await storage.scan(listRows, undefined)).toEqual([]);
		});

		it("that violates a constraint fails with the kind of constraint", async () => {
			const storage = await (await engine.create()).open();
			await storage.write(addRow, { id: "ws_1" });
			await expect(storage.write(addRow, { id: "ws_1" })).rejects.toMatchObject({
				name: "StorageError",
				code: "unique",
			});
			await expect(storage.write(addOrphan, undefined)).rejects.toMatchObject({ code: "foreign_key" });
		});

		it("fails if a statement failed, even if the store function caught the error", async () => {
			const storage = await (await engine.create()).open();
			for (const probe of [
				storage.write(addRowDespiteFailure, { id: "ws_1" }),
				storage.write(catchAndReturn, undefined),
			]) {
				await expect(probe).rejects.toMatchObject({ name: "StorageError", code: "foreign_key" });
			}
			expect(await storage.scan(listRows, undefined)).toEqual([]);
		});

		it("whose arguments or result are not plain data fails, and blocks no other", async () => {
			const storage = await (await engine.create()).open();
			await expect(storage.write(addRow, { id: (() => "ws_1") as never })).rejects.toThrow("could not be cloned");
			await expect(storage.write(returnFunction, undefined)).rejects.toThrow("could not be cloned");
			expect(await storage.write(addRow, { id: "ws_2" })).toBe("ws_2");
		});

		it("that throws something other than an Error fails, and blocks no other", async () => {
			const storage = await (await engine.create()).open();
			const thrown = storage.write(throwNonError, undefined);
			const next = storage.write(addRow, { id: "ws_1" });
			await expect(thrown).rejects.toThrow("not an Error");
			expect(await next).toBe("ws_1");
		});

		it("succeeds or fails alone, however many run at once", async () => {
			const storage = await (await engine.create()).open();
			const ids = Array.from({ length: 60 }, (_, index) => `ws_${String(index).padStart(2, "0")}`);
			const results = await Promise.allSettled(
				ids.map((id, index) =>
					index % 3 === 0 ? storage.write(addRowAndRefuse, { id }) : storage.write(addRow, { id }),
				),
			);
			expect(results.filter(({ status }) => status === "rejected")).toHaveLength(20);
			expect((await storage.scan(listRows, undefined)).toSorted()).toEqual(ids.filter((_, index) => index % 3 !== 0));
		});

		it("is undone once and run again with `runTwice`, and only then", async () => {
			const database = await engine.create();
			const [once, twice] = [await database.open(), await database.open({ runTwice: true })];
			const runs = await once.write(countRuns, { id: "ws_1" });
			expect(await once.write(countRuns, { id: "ws_2" })).toBe(runs + 1);
			const runsOfOther = await twice.write(countRuns, { id: "ws_3" });
			expect(await twice.write(countRuns, { id: "ws_4" })).toBe(runsOfOther + 2);
			expect(await once.scan(listRows, undefined)).toEqual(["ws_1", "ws_2", "ws_3", "ws_4"]);
		});

		it("commits within milliseconds, however many wait, so that the lock is never held for long", async () => {
			const database = await engine.create();
			const [here, there] = [await database.open(), await database.open()];
			await here.write(readTime, undefined);
			const writes = Array.from({ length: 30 }, (_, index) =>
				here.write(addRowSlowly, { id: `ws_${index}`, milliseconds: 15 }),
			);
			const seen = new Set<number>();
			let done = false;
			void Promise.all(writes).finally(() => (done = true));
			while (!done) {
				seen.add((await there.read(countRows, undefined)).count);
				await sleep(1);
			}
			await Promise.all(writes);
			// A single transaction would be seen as none, then all.
			expect(seen.size).toBeGreaterThan(10);
		});

		it("of high priority goes first, and of low priority last", async () => {
			const storage = await (await engine.create()).open();
			await storage.write(readTime, undefined);
			// Longer than a transaction accepts jobs.
			const busy = storage.write(keepBusy, { milliseconds: 200 });
			await Promise.all([
				busy,
				storage.write(addNumberedRow, { id: "low" }, { priority: "low" }),
				storage.write(addNumberedRow, { id: "normal" }),
				storage.write(addNumberedRow, { id: "high" }, { priority: "high" }),
			]);
			expect(await storage.scan(listWrites, undefined)).toEqual(["high", "normal", "low"]);
		});

		it("that is pending finishes before storage closes, and none is accepted afterwards", async () => {
			const database = await engine.create();
			const storage = await database.open();
			const asked = storage.write(addRow, { id: "ws_1" });
			await storage.close();
			expect(await asked).toBe("ws_1");
			await expect(storage.write(addRow, { id: "ws_2" })).rejects.toMatchObject({ code: "unavailable" });
			const again = await database.open();
			expect(await again.scan(listRows, undefined)).toEqual(["ws_1"]);
		});
	});

	describe(`${engine.name}: time`, () => {
		it("never runs backwards, inside or outside transactions, even after a restart", async () => {
			const database = await engine.create();
			let wall = 5_000_000_000_000;
			const clock = { now: () => wall, monotonic: () => 0 };
			const storage = await database.open({ clock });
			await storage.write(addRow, { id: "ws_1" });
			wall = 1_000;
			expect(storage.now()).toBe(5_000_000_000_000);
			expect(await storage.write(readTime, undefined)).toBe(5_000_000_000_000);
			const other = await database.open({ clock });
			expect(other.now()).toBe(5_000_000_000_000);
			expect(await other.scan(readTime, undefined)).toBe(5_000_000_000_000);
		});

		it("is the latest that any process has written, after a write", async () => {
			const database = await engine.create();
			const clockAt = (now: number) => ({ now: () => now, monotonic: () => 0 });
			const behind = await database.open({ clock: clockAt(1_000) });
			const ahead = await database.open({ clock: clockAt(9_000) });
			await ahead.write(addRow, { id: "ws_1" });
			expect(behind.now()).toBe(1_000);
			expect(await behind.write(readTime, undefined)).toBe(9_000);
			expect(behind.now()).toBe(9_000);
		});
	});
}
