import {
	chmodSync,
	chownSync,
	copyFileSync,
	existsSync,
	readdirSync,
	renameSync,
	rmdirSync,
	rmSync,
	statSync,
} from "node:fs";
import { dirname } from "node:path";

import { isoTime } from "../../../clock.ts";
import { StorageError } from "../../../errors/storage-error.ts";
import { syncFile, syncFolder } from "../files.ts";
import { migrations } from "../migrations/index.ts";
import { createFolder, openDatabase, type SqliteDatabase } from "../open-database.ts";
import { withdrawalsAfter } from "../withdrawals/withdrawal.ts";
import { appendToFile, withdrawalsPath } from "../withdrawals/withdrawals-file.ts";
import { applyWithdrawals } from "./apply-withdrawals.ts";
import { keysMadeSince, latestTime, settleUnsealedKeys, withoutOwner } from "./compare.ts";
import { type Held, holdDatabase } from "./hold.ts";
import { inspectDatabase } from "./inspect.ts";
import { type Known, knownWithdrawals } from "./known-withdrawals.ts";
import { endShortLived } from "./short-lived.ts";

export interface RestoreOptions {
	/** The database in DATA_DIR. */
	database: string;
	backup: string;
	/** Leaves out what was withdrawn after the backup. */
	asBackedUp: boolean;
	/** More files of withdrawals. */
	files: readonly string[];
	/** In milliseconds. */
	now: number;
}

export interface Restored {
	/** The latest time stored in the backup. */
	backedUpAt: number;
	/** Where the replaced database is now; undefined if there was none. */
	replaced: string | undefined;
	known: Known;
	/** What was withdrawn again, one line each. */
	withdrawn: string[];
	/** Undefined if the replaced database could not be read. */
	keysMadeSince: string[] | undefined;
	/** Workspaces whose owners are all gone. */
	withoutOwner: string[];
}

/**
 * Replaces the database by a backup. Works on a copy, which takes the database's place in one step at the end.
 * @throws StorageError `unusable`; then nothing was changed
 */
export function restoreBackup(options: RestoreOptions): Restored {
	const { database, backup } = options;
	requireBackup(backup, database);
	const folder = dirname(database);
	const isNew = !existsSync(folder);
	createFolder(folder);
	const held = holdDatabase(database);
	const staged = `${database}.restoring`;
	try {
		stage(backup, staged);
		const known = knownWithdrawals(held.db, options);
		if (known.sources.length === 0 && !options.asBackedUp) throw nothingKnown(held);
		const outcome = change(staged, held.db, known, options);
		const { version } = inspectDatabase(staged, backup);
		if (version !== migrations.length) throw new StorageError("unusable", "The restored copy has the wrong version.");
		return { ...outcome, known, replaced: takePlace(held, staged, options) };
	} finally {
		held.release();
		for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(staged + suffix, { force: true });
		if (isNew && readdirSync(folder).length === 0) rmdirSync(folder);
	}
}

function requireBackup(backup: string, database: string): void {
	const file = statSync(backup, { throwIfNoEntry: false });
	if (file?.isFile() !== true) throw new StorageError("unusable", `There is no file ${backup}. Nothing was changed.`);
	const current = statSync(database, { throwIfNoEntry: false });
	if (current?.ino !== file.ino || current.dev !== file.dev) return;
	throw new StorageError("unusable", `${backup} is the database itself: name a backup of it. Nothing was changed.`);
}

/** A copy, so that looking at it changes nothing. */
function stage(backup: string, staged: string): void {
	for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(staged + suffix, { force: true });
	for (const suffix of ["", "-wal"]) {
		if (!existsSync(backup + suffix)) continue;
		copyFileSync(backup + suffix, staged + suffix);
		chmodSync(staged + suffix, 0o600);
		giveToOwner(staged + suffix);
	}
	const { version, tables } = inspectDatabase(staged, backup);
	if (version > migrations.length) {
		throw new StorageError(
			"unusable",
			`${backup} was written by a newer Auxvyn (schema ${version}; this one knows ${migrations.length}): restore it with that version. Nothing was changed.`,
		);
	}
	if (version > 0 && tables.includes("api_key")) return;
	throw new StorageError("unusable", `Cannot use ${backup}: it is empty. Nothing was changed.`);
}

/** Root may restore for the server's user. */
function giveToOwner(path: string): void {
	const { uid, gid } = statSync(dirname(path));
	if (process.getuid?.() === 0 && uid !== 0) chownSync(path, uid, gid);
}

function change(staged: string, replaced: SqliteDatabase | undefined, known: Known, options: RestoreOptions) {
	const db = openDatabase(staged);
	try {
		const outcome = db.transaction(() => {
			const backedUpAt = latestTime(db);
			// Time never goes back.
			const latest = Math.max(backedUpAt, latestTime(replaced));
			const now = Math.max(latest, options.now);
			endShortLived(db);
			settleUnsealedKeys(db, replaced, now);
			const withdrawn = options.asBackedUp ? [] : applyWithdrawals(db, known.withdrawals, backedUpAt);
			db.exec("UPDATE authentication_epoch SET value = randomblob(8)");
			db.prepare("UPDATE clock SET latest = ?").run(latest);
			db.prepare("UPDATE withdrawal SET at = ? WHERE at IS NULL").run(now);
			db.prepare("INSERT INTO restoration (at, backed_up_at, as_backed_up) VALUES (?, ?, ?)").run(
				now,
				backedUpAt,
				Number(options.asBackedUp),
			);
			return { backedUpAt, withdrawn, keysMadeSince: keysMadeSince(db, replaced), withoutOwner: withoutOwner(db) };
		})();
		// One file, without a log.
		db.pragma("journal_mode = DELETE");
		return outcome;
	} finally {
		db.close();
	}
}

/** From here on nothing may fail for a reason that could have been found before. */
function takePlace(held: Held, staged: string, { database, asBackedUp, now }: RestoreOptions): string | undefined {
	syncFile(staged);
	const aside = held.exists
		? unusedName(`${database}.replaced-${isoTime(now).slice(0, 19).replaceAll(":", "-")}Z`)
		: undefined;
	if (aside !== undefined) held.putAside(aside);
	renameSync(staged, database);
	syncFolder(dirname(database));
	if (asBackedUp) noteInFile(database, now);
	return aside;
}

/** What the file had before does not count any more, except for what the restored database has itself. */
function noteInFile(database: string, now: number): void {
	const db = openDatabase(database);
	try {
		const file = withdrawalsPath(database);
		appendToFile(file, [{ what: "as_backed_up", at: now }, ...withdrawalsAfter(db, 0)]);
		for (const path of [file, `${database}-wal`, `${database}-shm`]) if (existsSync(path)) giveToOwner(path);
	} finally {
		db.close();
	}
}

function unusedName(name: string): string {
	for (let count = 1; ; count++) {
		const candidate = count === 1 ? name : `${name}-${count}`;
		if (!existsSync(candidate)) return candidate;
	}
}

function nothingKnown({ exists }: Held): StorageError {
	const why = exists
		? "The database that would be replaced cannot be read or was never used"
		: "There is no database here that would be replaced";
	return new StorageError(
		"unusable",
		`${why}, and there is no file of withdrawals: keys that were revoked after the backup would work again. Give a newer withdrawals.jsonl by --withdrawals FILE, or accept that by --as-backed-up. Nothing was changed.`,
	);
}
