import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import Database from "better-sqlite3";

const ASK_AGAIN_MS = 300;

/**
 * Does `work` while no other process holds the lock of the same file; `onWait` is called once where that takes a while.
 * The lock is SQLite's on an empty file: the operating system drops it with the process, so none is ever left behind.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, onWait: () => void): Promise<T> {
	await mkdir(path.dirname(file), { recursive: true });
	const database = new Database(file, { timeout: 0 });
	try {
		let waits = false;
		while (!tryLock(database)) {
			if (!waits) onWait();
			waits = true;
			await delay(ASK_AGAIN_MS);
		}
		return await work();
	} finally {
		database.close();
	}
}

function tryLock(database: Database.Database): boolean {
	try {
		database.exec("BEGIN EXCLUSIVE");
		return true;
	} catch (error) {
		if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) return false;
		throw error;
	}
}
