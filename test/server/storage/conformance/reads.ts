import { describe, expect, it } from "vitest";

import { addRow, countAround, countRows, countRowsTwice, keepBusy, listRows, rowLookUp } from "../probes.store.ts";
import type { Engine } from "./engine.ts";

export function reads(engine: Engine): void {
	describe(`${engine.name}: a scan`, () => {
		it("sees one snapshot, whatever is written while it runs", async () => {
			const storage = await (await engine.create()).open();
			await storage.write(addRow, { id: "ws_1" });
			const scan = storage.scan(countAround, { milliseconds: 150 });
			let written = 1;
			let done = false;
			void scan.finally(() => (done = true));
			while (!done) await storage.write(addRow, { id: `ws_${++written}` });
			const [before, after] = await scan;
			expect(before).toBe(after);
			expect(await storage.read(countRows, undefined)).toEqual({ count: written });
		});

		it("does not block reads in the calling thread", async () => {
			const database = await engine.create();
			const storage = await database.open();
			let done = false;
			void database.scanSlowly(storage).finally(() => (done = true));
			for (let time = 0; time < 20; time++) await storage.read(countRows, undefined);
			expect(done).toBe(false);
		});

		it("never starts once its client has disconnected", async () => {
			const storage = await (await engine.create()).open();
			const leaving = new AbortController();
			const first = storage.scan(keepBusy, { milliseconds: 30 });
			const second = storage.scan(listRows, undefined, { account: "rin", signal: leaving.signal });
			leaving.abort();
			await expect(second).rejects.toMatchObject({ name: "StorageError", code: "abandoned" });
			await first;
		});
	});

	describe(`${engine.name}: a read`, () => {
		it("is limited to one row and one statement", async () => {
			const storage = await (await engine.create()).open();
			await storage.write(addRow, { id: "ws_1" });
			expect(await storage.read(listRows, undefined)).toEqual(["ws_1"]);
			await storage.write(addRow, { id: "ws_2" });
			await expect(storage.read(listRows, undefined)).rejects.toThrow("listRows reads several rows");
			await expect(storage.read(countRowsTwice, undefined)).rejects.toThrow("countRowsTwice reads several rows");
		});
	});

	describe(`${engine.name}: a look-up`, () => {
		it("returns the row with its key, or nothing", async () => {
			const storage = await (await engine.create()).open();
			for (const id of ["ws_1", "ws_2"]) await storage.write(addRow, { id });
			const asked = ["ws_2", "ws_3", "ws_1", "ws_2"].map(async (id) => storage.lookUp(rowLookUp, id));
			expect(await Promise.all(asked)).toEqual(["ws_2", undefined, "ws_1", "ws_2"]);
		});

		it("sees what was committed before it, while others are under way", async () => {
			const storage = await (await engine.create()).open();
			const others = new Set<Promise<unknown>>();
			for (let row = 0; row < 20; row++) {
				const id = `ws_${row}`;
				others.add(Promise.resolve(storage.lookUp(rowLookUp, id)));
				await storage.write(addRow, { id });
				others.add(Promise.resolve(storage.lookUp(rowLookUp, id)));
				expect(await storage.lookUp(rowLookUp, id)).toBe(id);
			}
			await Promise.all(others);
		});

		it(engine.sharesLookUps ? "shares a statement with others" : "is prepared once", async () => {
			const storage = await (await engine.create()).open();
			const statements: number[] = [];
			const counted: typeof rowLookUp = {
				...rowLookUp,
				select: (fragments, numbers) => {
					statements.push(numbers.length);
					return rowLookUp.select(fragments, numbers);
				},
			};
			const ids = Array.from({ length: 500 }, (_, row) => `ws_${row}`);
			await Promise.all(ids.map(async (id) => storage.lookUp(counted, id)));
			expect(statements).toEqual([engine.sharesLookUps ? 500 : 1]);
		});

		it("fails once the storage is closed", async () => {
			const storage = await (await engine.create()).open();
			await storage.close();
			const lookUp = async () => storage.lookUp(rowLookUp, "ws_1");
			await expect(lookUp()).rejects.toMatchObject({ name: "StorageError", code: "unavailable" });
		});
	});

	describe(`${engine.name}: a commit listener`, () => {
		it("is called after commits by any process, until it is removed", async () => {
			const database = await engine.create();
			const [here, there] = [await database.open(), await database.open()];
			let heard = 0;
			const stop = here.onCommit(() => (heard += 1));
			await there.write(addRow, { id: "ws_1" });
			await expect.poll(() => heard).toBe(1);
			await here.write(addRow, { id: "ws_2" });
			await expect.poll(() => heard).toBe(2);
			stop();
			let heardLater = 0;
			there.onCommit(() => (heardLater += 1));
			await here.write(addRow, { id: "ws_3" });
			await expect.poll(() => heardLater).toBe(1);
			expect(heard).toBe(2);
		});
	});
}
