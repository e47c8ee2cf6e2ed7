import { closeSync, lstatSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import Database from "better-sqlite3";

import { StorageError } from "../../../errors/storage-error.ts";
import { namesIn, publishFile, syncFile } from "../../files.ts";
import { withdrawalsOfBackup, withdrawalsPath } from "../../withdrawals/withdrawals-file.ts";
import type { SqliteDatabase } from "../open-database.ts";
import { copyWithdrawals } from "./copy-withdrawals.ts";
import { unfinishedName } from "./folder.ts";
import { inspectDatabase, tablesOf } from "./inspect.ts";
import { endShortLived } from "./short-lived.ts";

export interface Backup {
	path: string;
	bytes: number;
	tables: number;
}

const BUSY_TIMEOUT_MS = 5_000;
/** After the database's name. */
const OWN_NAMES = /^(-wal|-shm|-journal|\.restoring.*)$/;
/** Being written by this thread. */
const active = new Set<string>();

/**
 * Writes a consistent copy of a database, which may be in use, without sessions and other short-lived secrets, and checks
 * it. Until it is complete, it is beside `target` under another name. Blocks the calling thread.
 * @throws StorageError `unusable`
 */
export function writeBackup(source: string, target: string): Backup {
	removeUnfinished(dirname(target));
	const unfinished = unfinishedName(target);
	active.add(basename(unfinished));
	try {
		// Also for a link that leads nowhere.
		if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) throw taken(target);
		if (isServersOwn(source, target)) throw taken(target, "the server uses this name itself");
		closeSync(openSync(unfinished, "wx", 0o600));
		const expected = copyInto(source, unfinished);
		const { tables, version, bytes } = inspectDatabase(unfinished, "the backup just written");
		if (version !== expected.version || tables.join() !== expected.tables.join()) {
			throw new StorageError("unusable", "The backup just written lacks tables of the database, and was removed.");
		}
		copyWithdrawals(source, unfinished, withdrawalsOfBackup(target));
		publishFile(unfinished, target);
		return { path: target, bytes, tables: tables.length };
	} catch (error) {
		throw (error as { code?: string }).code === "EEXIST" ? taken(target) : explain(error, target);
	} finally {
		active.delete(basename(unfinished));
		for (const suffix of ["", "-journal"]) rmSync(unfinished + suffix, { force: true });
	}
}

function copyInto(source: string, target: string): { version: number; tables: string[] } {
	const db = new Database(source, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
	try {
		// One snapshot. The backup API would start over whenever another connection commits.
		db.prepare("VACUUM INTO ?").run(target);
	} finally {
		db.close();
	}
	const copy = new Database(target, { fileMustExist: true });
	try {
		const expected = { version: Number(copy.pragma("user_version", { simple: true })), tables: tablesOf(copy) };
		cleanUp(copy);
		return expected;
	} finally {
		copy.close();
		syncFile(target);
	}
}

function cleanUp(copy: SqliteDatabase): void {
	copy.pragma("journal_mode = MEMORY");
	// Overwrites what is deleted.
	copy.pragma("secure_delete = ON");
	copy.pragma("foreign_keys = ON");
	copy.transaction(endShortLived)(copy);
}

/** Removes what an interrupted backup left. Returns the names. */
export function removeUnfinished(folder: string): string[] {
	const left = namesIn(folder).filter((name) => {
		const pid = /\.(\d+)\.auxvyn-part(-journal|-wal|-shm)?$/.exec(name)?.[1];
		// In a container, this process may have the number of an earlier one.
		return pid !== undefined && (Number(pid) === process.pid ? !active.has(name) : !isRunning(Number(pid)));
	});
	for (const name of left) rmSync(join(folder, name), { force: true });
	return left;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return !isZombie(pid);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}

/** Ended, but its parent has not noticed: in a container without an init, forever. */
function isZombie(pid: number): boolean {
	try {
		return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
	} catch {
		return false;
	}
}

/** A file that the server, SQLite or a restore would take for its own, in the folder of the database. */
function isServersOwn(source: string, target: string): boolean {
	const inode = (path: string) => statSync(dirname(path), { throwIfNoEntry: false })?.ino;
	if (inode(source) !== inode(target)) return false;
	const [database, name] = [basename(source), basename(target)];
	return name === "secret" || name === basename(withdrawalsPath(source)) || OWN_NAMES.test(name.replace(database, ""));
}

function taken(target: string, why = "it exists already, and is not overwritten"): StorageError {
	return new StorageError("unusable", `Cannot write ${target}: ${why}. Give the backup another name.`);
}

function explain(error: unknown, target: string): unknown {
	if (error instanceof StorageError) return error;
	const { code = "", message = "" } = error as { code?: string; message?: string };
	const remedy =
		code === "ENOENT" || code === "ENOTDIR"
			? `there is no folder ${dirname(target)}; create it first`
			: code === "EACCES" || code === "EPERM" || code === "EROFS"
				? `this user may not write to ${dirname(target)}`
				: code === "SQLITE_FULL" || code === "ENOSPC" || /disk is full/.test(message)
					? "the disk is full; free some space"
					: `${code} ${message}`.trim();
	return new StorageError("unusable", `Cannot write the backup ${basename(target)}: ${remedy}.`, { cause: error });
}
