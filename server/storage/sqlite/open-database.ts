import { closeSync, existsSync, openSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import Database from "better-sqlite3";

import { StorageError } from "../../errors/storage-error.ts";
import { makeAllPrivate } from "../../private-files.ts";
import { createFolder } from "../files.ts";
import { isBusy } from "./errors.ts";
import { unsharedFileSystem } from "./local-disk.ts";
import { type Migration, migrations as released } from "./migrations/index.ts";

export type SqliteDatabase = Database.Database;

/** The database file in DATA_DIR. */
export function databasePath(dataDir: string): string {
	return join(dataDir, "auxvyn.db");
}

/** "Auxv": identifies the file as ours (https://www.sqlite.org/pragma.html#pragma_application_id). */
export const APPLICATION_ID = 0x41757876;
const MIGRATION_BUSY_TIMEOUT_MS = 10_000;
const RETRY_EVERY_MS = 15;
/** 8 MB. The log grows while something reads constantly; the next commit after it has started over cuts it to this. */
const KEPT_LOG_BYTES = 8 * 1024 * 1024;

/**
 * Opens the database file, creating and migrating it where needed. Only its owner may read it, its log, and copies beside
 * it, however they got there; `warn` is told of files that others could read, and `beforeUpdate` is called before an older
 * version's database is migrated.
 * @throws StorageError `unusable` if it is not a database, is another program's, is from a newer version, cannot be
 * written, or is on a file system that SQLite's log does not work on
 */
export function openDatabase(
	path: string,
	migrations: readonly Migration[] = released,
	warn: (text: string) => void = () => undefined,
	beforeUpdate: (version: number) => void = () => undefined,
): SqliteDatabase {
	try {
		// No other user of this machine may read e-mail addresses and password hashes.
		createFolder(dirname(path));
		requireLocalDisk(dirname(path));
		makeAllPrivate(dirname(path), basename(path), warn);
		if (!existsSync(path)) closeSync(openSync(path, "a", 0o600));
		const db = new Database(path, { timeout: MIGRATION_BUSY_TIMEOUT_MS });
		try {
			migrate(db, migrations, beforeUpdate);
		} catch (error) {
			db.close();
			throw error;
		}
		return db;
	} catch (error) {
		throw explain(error, path);
	}
}

function requireLocalDisk(folder: string): void {
	const kind = unsharedFileSystem(folder);
	if (kind === undefined) return;
	throw unusable(
		`its folder is on ${kind}, where processes cannot share SQLite's log; point DATA_DIR at a disk of this machine`,
	);
}

/** Another connection to a file that `openDatabase` has prepared. */
export function openConnection(path: string, busyTimeoutMs: number, readonly = false): SqliteDatabase {
	const db = new Database(path, { timeout: busyTimeoutMs, readonly, fileMustExist: true });
	// Savepoints of more than a few pages would need a temporary file, which a container may not have room for.
	db.pragma("temp_store = MEMORY");
	if (!readonly) setPragmas(db);
	return db;
}

/**
 * The same, for a thread.
 * @throws StorageError `unavailable` if the file is not the one that was opened first
 */
export function openSameDatabase(
	{ path, inode }: { path: string; inode: number },
	busyTimeoutMs: number,
	readonly = false,
): SqliteDatabase {
	const db = openConnection(path, busyTimeoutMs, readonly);
	if (inodeOf(path) === inode) return db;
	db.close();
	throw new StorageError(
		"unavailable",
		`The file ${path} was replaced while the server was running: restart the server.`,
	);
}

export function inodeOf(path: string): number {
	return statSync(path).ino;
}

function setPragmas(db: SqliteDatabase): void {
	db.pragma("journal_mode = WAL");
	// An acknowledged write survives power loss: https://www.sqlite.org/pragma.html#pragma_synchronous
	db.pragma("synchronous = FULL");
	db.pragma("foreign_keys = ON");
	db.pragma(`journal_size_limit = ${KEPT_LOG_BYTES}`);
}

function migrate(db: SqliteDatabase, migrations: readonly Migration[], beforeUpdate: (version: number) => void): void {
	// In one transaction, because another process may be creating the database at this moment.
	const isForeign = db.transaction(() => {
		const owner = db.pragma("application_id", { simple: true });
		const tables = db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
		return owner !== APPLICATION_ID && !(owner === 0 && tables === 0);
	});
	if (isForeign()) throw unusable("it is another program's database");
	const before = Number(db.pragma("user_version", { simple: true }));
	if (before > 0 && before < migrations.length) beforeUpdate(before);
	retryWhileBusy(() => setPragmas(db));
	db.transaction(() => {
		const version = Number(db.pragma("user_version", { simple: true }));
		if (version > migrations.length) {
			throw unusable(
				`it was written by a newer Auxvyn (schema ${version}; this one knows ${migrations.length}): update Auxvyn, or restore a backup from before the update`,
			);
		}
		for (const migration of migrations.slice(version)) {
			if (typeof migration === "string") db.exec(migration);
			else migration(db);
		}
		db.pragma(`application_id = ${APPLICATION_ID}`);
		db.pragma(`user_version = ${migrations.length}`);
	}).immediate();
}

/** For the switch to WAL: while another process writes in the old mode, SQLite fails at once, whatever the timeout. */
function retryWhileBusy(work: () => void): void {
	const giveUpAt = performance.now() + MIGRATION_BUSY_TIMEOUT_MS;
	const pause = new Int32Array(new SharedArrayBuffer(4));
	for (;;) {
		try {
			work();
			return;
		} catch (error) {
			if (!isBusy(error) || performance.now() > giveUpAt) throw error;
			Atomics.wait(pause, 0, 0, RETRY_EVERY_MS);
		}
	}
}

function explain(error: unknown, path: string): StorageError {
	const code = (error as { code?: string }).code ?? "";
	const remedy =
		error instanceof StorageError ? error.message : (REMEDIES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? code);
	return unusable(`Cannot use the database ${path}: ${remedy || "it could not be opened"}.`, error);
}

function unusable(message: string, cause?: unknown): StorageError {
	return new StorageError("unusable", message, { cause });
}

const REMEDIES: readonly (readonly [string, string])[] = [
	["SQLITE_NOTADB", "the file is not a SQLite database; move it away, or point DATA_DIR elsewhere"],
	["SQLITE_CORRUPT", "the file is damaged; restore it from a backup"],
	["SQLITE_READONLY_DBMOVED", "a restore replaced it at this moment; start again"],
	["SQLITE_READONLY", "it is read-only; give this user write access to it and its folder"],
	["SQLITE_CANTOPEN", "it cannot be opened; check that DATA_DIR is a folder this user can write to"],
	["SQLITE_FULL", "the disk is full; free some space"],
	["SQLITE_IOERR", "the disk reports an error; check its space and health"],
	[
		"SQLITE_BUSY",
		"another process has locked it for ten seconds, perhaps to migrate it; wait for that process, or stop it",
	],
	["EACCES", "its folder cannot be written; give this user write access, or point DATA_DIR elsewhere"],
	["EROFS", "its folder is on a read-only disk; point DATA_DIR elsewhere"],
	["ENOENT", "its folder cannot be created there; point DATA_DIR elsewhere"],
	["ENOTDIR", "DATA_DIR is not a folder; point it elsewhere"],
	["EEXIST", "DATA_DIR is not a folder; point it elsewhere"],
	["ENOSPC", "the disk is full; free some space"],
];
