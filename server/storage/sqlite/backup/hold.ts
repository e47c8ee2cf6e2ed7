import { closeSync, existsSync, openSync, rmSync } from "node:fs";

import Database from "better-sqlite3";

import { StorageError } from "../../../errors/storage-error.ts";
import { keepAs } from "../../files.ts";
import { isBusy } from "../errors.ts";
import { APPLICATION_ID, inodeOf, type SqliteDatabase } from "../open-database.ts";

/** What SQLite applies to the database beside it. */
const LOGS = ["-wal", "-journal"];

/** The database that a restore replaces, locked against every other program. */
export interface Held {
	/** Undefined if there is none, or it is too damaged to open. */
	db: SqliteDatabase | undefined;
	exists: boolean;
	/** Gives it a second name, with everything in it, and leaves no log behind, whether or not it exists. */
	putAside(name: string): void;
	release(): void;
}

/**
 * Locks the database at `path`, even if a killed server left its log. `then`: what the operator is to do again once the
 * server is stopped.
 * @throws StorageError `unusable` while another program has it open, or if it is another program's
 */
export function holdDatabase(path: string, then = "restore"): Held {
	const exists = existsSync(path);
	// An empty one holds its place, so that no server makes another meanwhile. SQLite would delete a log beside it.
	const isHeld = exists || !LOGS.some((suffix) => existsSync(path + suffix));
	const placeholder = isHeld && !exists ? createEmpty(path) : undefined;
	const db = isHeld ? lock(path, then) : undefined;
	return {
		db,
		exists,
		putAside(name) {
			const isMerged = db !== undefined && tryMerge(db);
			if (exists) keepAs(path, name);
			for (const suffix of LOGS) if (!isMerged && existsSync(path + suffix)) keepAs(path + suffix, name + suffix);
			// Windows does not replace an open file.
			if (process.platform === "win32") db?.close();
			// A log that is left would be applied to the restored database, even if the one that it belongs to is gone.
			for (const suffix of [...LOGS, "-shm"]) rmSync(path + suffix, { force: true });
		},
		release() {
			if (process.platform === "win32") db?.close();
			if (placeholder !== undefined && inodeOf(path) === placeholder) rmSync(path);
			db?.close();
		},
	};
}

function createEmpty(path: string): number {
	closeSync(openSync(path, "wx", 0o600));
	return inodeOf(path);
}

function lock(path: string, then: string): SqliteDatabase | undefined {
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
				`A server is running on ${path}, or another program has it open: stop the server first, then ${then}. Nothing was changed.`,
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
