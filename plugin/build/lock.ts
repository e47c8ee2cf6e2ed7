import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import Database from "better-sqlite3";

const RETRY_MS = 300;

/**
 * Runs `work` while holding an exclusive lock on `file`. Calls `onWait` once if another process holds it. The lock is
 * SQLite's on an empty file: the operating system releases it with the process, so it is never left behind.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, onWait: () => void): Promise<T> {
	await mkdir(path.dirname(file), { recursive: true });
	const database = new Database(file, { timeout: 0 });
	try {
		let waiting = false;
		while (!tryLock(database)) {
			if (!waiting) onWait();
			waiting = true;
			await delay(RETRY_MS);
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
