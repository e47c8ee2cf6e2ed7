import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";

import Database from "better-sqlite3";
import { onTestFinished } from "vitest";

import { systemClock } from "../../../../server/clock.ts";
import { migrations } from "../../../../server/storage/sqlite/migrations/index.ts";
import { databasePath, openDatabase } from "../../../../server/storage/sqlite/open-database.ts";
import { openSqlite } from "../../../../server/storage/sqlite/storage.ts";
import { createThreads } from "../../../../server/storage/sqlite/thread.ts";
import type { Storage } from "../../../../server/storage/storage.ts";
import { dataFolder } from "../../data-folder.ts";
import { placeDatabase } from "../../template-database.ts";
import { keepBusy, runSql } from "../probes.store.ts";
import { stores } from "../stores.ts";
import type { Engine, OpenOptions } from "./engine.ts";

/** As in two processes, so that two storages do not share a thread. */
const processes = [createThreads(stores), createThreads(stores)];

export const sqlite: Engine = {
	name: "SQLite",
	sharesLookUps: false,
	async create() {
		const folder = await dataFolder();
		onTestFinished(() => rm(folder, { recursive: true, force: true }));
		const path = databasePath(folder);
		let placed: Promise<void> | undefined;
		const pragma = (storage: Storage, text: string) => storage.write(runSql, { text: `PRAGMA ${text}` });
		let opened = 0;
		return {
			async open({ clock = systemClock, runTwice }: OpenOptions = {}) {
				placed ??= existsSync(path) ? Promise.resolve() : placeDatabase(folder);
				await placed;
				const threads = processes[opened++ % processes.length];
				const storage = openSqlite({ path, clock, stores, threads, runTwice });
				onTestFinished(() => storage.close());
				return storage;
			},
			scanSlowly: (storage) => storage.scan(keepBusy, { milliseconds: 200 }),
			async lock() {
				const other = new Database(path);
				onTestFinished(() => void other.close());
				other.exec("BEGIN IMMEDIATE");
				return { release: async () => void other.exec("ROLLBACK") };
			},
			fill: (storage) => pragma(storage, "max_page_count = 1"),
			makeReadOnly: (storage) => pragma(storage, "query_only = 1"),
			async makeNewer() {
				const db = openDatabase(path);
				db.pragma(`user_version = ${migrations.length + 1}`);
				db.close();
			},
			async migrateHalfway() {
				const broken = "CREATE TABLE half (done TEXT); INSERT INTO nowhere VALUES (1);";
				try {
					openDatabase(path, [...migrations, broken]).close();
				} catch {
					// Expected.
				}
				const db = new Database(path, { readonly: true });
				const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
				db.close();
				return tables;
			},
		};
	},
};
