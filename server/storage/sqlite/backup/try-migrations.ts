import { closeSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";

import Database from "better-sqlite3";

import { migrations } from "../migrations/index.ts";
import { openDatabase } from "../open-database.ts";
import { unfinishedName } from "./folder.ts";
import { inspectDatabase } from "./inspect.ts";
import { removeUnfinished } from "./write-backup.ts";

export interface Tried {
	from: number;
	to: number;
	milliseconds: number;
}

/**
 * Runs the migrations that are due on a copy of a database, which may be in use, and checks and removes the copy.
 * @throws StorageError `unusable` if they fail
 */
export function tryMigrations(database: string): Tried {
	const copy = unfinishedName(`${database}.migration-check`);
	const remove = (): void => {
		for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(copy + suffix, { force: true });
	};
	removeUnfinished(dirname(database));
	try {
		// SQLite would let everybody read it.
		closeSync(openSync(copy, "wx", 0o600));
		const source = new Database(database, { readonly: true, fileMustExist: true, timeout: 5_000 });
		const from = Number(source.pragma("user_version", { simple: true }));
		try {
			source.prepare("VACUUM INTO ?").run(copy);
		} finally {
			source.close();
		}
		const began = performance.now();
		openDatabase(copy).close();
		inspectDatabase(copy, "the migrated copy");
		return { from, to: migrations.length, milliseconds: Math.round(performance.now() - began) };
	} finally {
		remove();
	}
}
