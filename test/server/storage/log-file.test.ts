import { statSync } from "node:fs";
import { join } from "node:path";

import Database from "better-sqlite3";
import { expect, it, onTestFinished } from "vitest";

import { createCheckpoints } from "../../../server/storage/sqlite/checkpoints.ts";
import { build } from "../helper.ts";
import { addRow, countAround } from "./probes.store.ts";

/** A row with a long name: four pages of the log. */
const row = (index: number) => ({ id: `ws_${index}`, name: "x".repeat(15_000) });

it("the write-ahead log starts over, even under constant reads", async () => {
	const server = await build();
	const { storage } = server.app;
	const log = join(server.dataDir, "auxvyn.db-wal");
	let writing = true;
	const readers = Array.from({ length: 2 }, async () => {
		while (writing) await storage.scan(countAround, { milliseconds: 5 });
	});
	let written = 0;
	for (let round = 0; round < 300; round++) {
		await Promise.all(Array.from({ length: 40 }, () => storage.write(addRow, row(written++))));
	}
	writing = false;
	await Promise.all(readers);
	// More than the log may grow to.
	expect(written * 15_000).toBeGreaterThan(170e6);
	expect(statSync(log).size).toBeLessThan(90e6);
});

it("the write-ahead log shrinks after a read that made it grow, and the metrics show both", async () => {
	const server = await build();
	const { storage } = server.app;
	const log = join(server.dataDir, "auxvyn.db-wal");
	const size = async () => {
		const { body } = await server.app.inject({ url: "/metrics", headers: { host: "localhost" } });
		return Number(/^auxvyn_database_wal_bytes (\d+)$/m.exec(body)?.[1]);
	};
	const backup = new Database(join(server.dataDir, "auxvyn.db"), { readonly: true });
	onTestFinished(() => void backup.close());
	backup.exec("BEGIN");
	backup.prepare("SELECT count(*) FROM workspace").get();
	let written = 0;
	for (let round = 0; round < 50; round++) {
		await Promise.all(Array.from({ length: 25 }, () => storage.write(addRow, row(written++))));
	}
	expect(statSync(log).size).toBeGreaterThan(18e6);
	expect(await size()).toBe(statSync(log).size);
	backup.exec("COMMIT");
	await storage.write(addRow, row(written++));
	await expect.poll(size, { timeout: 5_000 }).toBeLessThan(8.5e6);
	expect(statSync(log).size).toBeLessThan(8.5e6);
});

it("scans do not pause for a long log while another program has the lock", async () => {
	const server = await build();
	const path = join(server.dataDir, "auxvyn.db");
	const db = new Database(path, { timeout: 25 });
	const other = new Database(path, { timeout: 25 });
	onTestFinished(() => [db, other].forEach((each) => each.close()));
	const pauses: boolean[] = [];
	const checkpoints = createCheckpoints(db, (isLong) => pauses.push(isLong));
	const write = db.prepare("INSERT INTO workspace (id, name, created_at) VALUES (?, ?, 1)");
	for (let index = 0; index < 3_000; index += 1) write.run(row(index).id, row(index).name);
	other.exec("BEGIN IMMEDIATE");
	for (let commit = 0; commit < 64; commit += 1) checkpoints.committed();
	expect(pauses).toEqual([]);
	other.exec("ROLLBACK");
	checkpoints.close();
});
