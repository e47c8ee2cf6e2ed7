import { existsSync, rmSync } from "node:fs";

import Database from "better-sqlite3";

import { StorageError } from "../../../errors/storage-error.ts";
import { isBusy } from "../errors.ts";
import { keepAs } from "../files.ts";
import { APPLICATION_ID, type SqliteDatabase } from "../open-database.ts";

/** The database that a restore replaces, locked against every other program. */
export interface Held {
	/** Undefined if there is none, or it is too damaged to open. */
	db: SqliteDatabase | undefined;
	exists: boolean;
	/** Gives it a second name, with everything in it, and leaves no log behind. */
	putAside(name: string): void;
	release(): void;
}

/**
 * Locks the database at `path`, even if a killed server left its log.
 * @throws StorageError `unusable` while another program has it open, or if it is another program's
 */
export function holdDatabase(path: string): Held {
	const exists = existsSync(path);
	const db = exists ? lock(path) : undefined;
	return {
		db,
		exists,
		putAside(name) {
			if (db !== undefined && tryMerge(db)) {
				keepAs(path, name);
			} else {
				keepAs(path, name);
				if (existsSync(`${path}-wal`)) keepAs(`${path}-wal`, `${name}-wal`);
			}
			// Windows does not replace an open file.
			if (process.platform === "win32") db?.close();
			// A log that is left would be applied to the restored database.
			for (const suffix of ["-wal", "-shm"]) rmSync(path + suffix, { force: true });
		},
		release: () => void db?.close(),
	};
}

function lock(path: string): SqliteDatabase | undefined {
	let db: SqliteDatabase | undefined;
	try {
		db = new Database(path, { fileMustExist: true, timeout: 0 });
		db.pragma("locking_mode = EXCLUSIVE");
		// Fails while any other connection is open, even one that does nothing.
		db.exec("BEGIN EXCLUSIVE; COMMIT");
		const owner = db.pragma("application_id", { simple: true });
		const tables = db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
		if (owner === APPLICATION_ID || tables === 0) return db;
		throw new StorageError(
			"unusable",
			`${path} is another program's database: point DATA_DIR elsewhere. Nothing was changed.`,
		);
	} catch (error) {
		db?.close();
		if (isBusy(error)) {
			throw new StorageError(
				"unusable",
				`A server is running on ${path}, or another program has it open: stop the server first, then restore. Nothing was changed.`,
				{ cause: error },
			);
		}
		if (error instanceof StorageError || !isDamage(error)) throw error;
		return undefined;
	}
}

/** Moves the log into the database. False if it is too damaged. */
function tryMerge(db: SqliteDatabase): boolean {
	try {
		return db.pragma("journal_mode = DELETE", { simple: true }) === "delete";
	} catch {
		return false;
	}
}

function isDamage(error: unknown): boolean {
	return /^SQLITE_(NOTADB|CORRUPT|IOERR|CANTOPEN|ERROR)/.test((error as { code?: string }).code ?? "");
}
