import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { addRow, countRows, listRows } from "../probes.store.ts";
import type { Engine } from "./engine.ts";

export function faults(engine: Engine): void {
	describe(`${engine.name}: while another process holds the lock`, () => {
		it("a write waits for the lock", async () => {
			const database = await engine.create();
			const storage = await database.open();
			const { release } = await database.lock();
			const written = storage.write(addRow, { id: "ws_1" });
			expect(await storage.read(countRows, undefined)).toEqual({ count: 0 });
			// Long enough for a writer that does not wait to fail.
			await sleep(300);
			await release();
			expect(await written).toBe("ws_1");
		});

		it("writes that waited too long are rejected together, and change nothing", async () => {
			const database = await engine.create();
			const storage = await database.open();
			const { release } = await database.lock();
			const asked = ["ws_1", "ws_2"].map((id) => storage.write(addRow, { id }));
			for (const each of await Promise.allSettled(asked)) {
				expect(each).toMatchObject({ status: "rejected", reason: { name: "StorageError", code: "busy" } });
			}
			await release();
			await storage.write(addRow, { id: "ws_3" });
			expect(await storage.scan(listRows, undefined)).toEqual(["ws_3"]);
		});
	});

	describe(`${engine.name}: a disk that is not writable`, () => {
		it.each(["fill", "makeReadOnly"] as const)(
			"%s: writes fail entirely, and everything can still be read",
			async (how) => {
				const database = await engine.create();
				const storage = await database.open();
				await storage.write(addRow, { id: "ws_000" });
				await database[how](storage);
				const rows = ["ws_000"];
				let refused: unknown;
				// On a full disk, existing pages can still be filled.
				for (let next = 1; next < 2_000 && refused === undefined; next++) {
					const id = `ws_${String(next).padStart(3, "0")}`;
					await storage.write(addRow, { id }).then(
						() => rows.push(id),
						(error: unknown) => (refused = error),
					);
				}
				expect(refused).toMatchObject({ name: "StorageError", code: "unavailable" });
				await expect(storage.freshness.check()).resolves.toBeUndefined();
				expect((await storage.scan(listRows, undefined)).toSorted()).toEqual(rows.toSorted());
			},
		);
	});

	describe(`${engine.name}: a schema`, () => {
		it("is migrated completely or not at all", async () => {
			const database = await engine.create();
			const storage = await database.open();
			await storage.write(addRow, { id: "ws_1" });
			await storage.close();
			const tables = await database.migrateHalfway();
			expect(tables).toContain("workspace");
			expect(tables).not.toContain("half");
			const again = await database.open();
			expect(await again.scan(listRows, undefined)).toEqual(["ws_1"]);
		});

		it("from a newer version is refused", async () => {
			const database = await engine.create();
			await (await database.open()).close();
			await database.makeNewer();
			await expect(database.open()).rejects.toMatchObject({
				code: "unusable",
				message: expect.stringMatching(/written by a newer Auxvyn .* update Auxvyn/) as string,
			});
		});
	});
}
