import { existsSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

import Database from "better-sqlite3";

import { StorageError } from "../../../errors/storage-error.ts";
import { createFolder } from "../../files.ts";
import { migrations } from "../migrations/index.ts";
import { openDatabase, type SqliteDatabase } from "../open-database.ts";
import { applyWithdrawals } from "./apply-withdrawals.ts";
import { accountsOf, keysMadeSince, latestTime, olderPasswords, settleUnsealedKeys, withoutOwner } from "./compare.ts";
import { type Held, holdDatabase } from "./hold.ts";
import { inspectDatabase } from "./inspect.ts";
import { type Known, knownWithdrawals } from "./known-withdrawals.ts";
import { endShortLived } from "./short-lived.ts";
import { removeStaged, stage } from "./stage.ts";
import { takePlace } from "./take-place.ts";

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
	/** Accounts whose password was changed after the backup; undefined likewise. */
	olderPasswords: string[] | undefined;
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
	const staged = stagedName(database);
	try {
		stage(backup, staged);
		const known = knownWithdrawals(held.db, options, readBackup(staged));
		if (known.sources.length === 0 && !options.asBackedUp) throw nothingKnown(held);
		const outcome = change(staged, held.db, known, options);
		const { version } = inspectDatabase(staged, backup);
		if (version !== migrations.length) throw new StorageError("unusable", "The restored copy has the wrong version.");
		return { ...outcome, known, replaced: takePlace(held, staged, { ...options, known }) };
	} finally {
		held.release();
		removeStaged(staged);
		if (isNew && readdirSync(folder).length === 0) rmdirSync(folder);
	}
}

/** The copy that a restore works on. */
function stagedName(database: string): string {
	return `${database}.restoring`;
}

function requireBackup(backup: string, database: string): void {
	const file = statSync(backup, { throwIfNoEntry: false });
	if (file?.isFile() !== true) throw new StorageError("unusable", `There is no file ${backup}. Nothing was changed.`);
	for (const [path, what] of [
		[database, "is the database itself"],
		[stagedName(database), "is what an interrupted restore left"],
	] as const) {
		const current = statSync(path, { throwIfNoEntry: false });
		if (current?.ino !== file.ino || current.dev !== file.dev) continue;
		throw new StorageError("unusable", `${backup} ${what}: name a backup. Nothing was changed.`);
	}
}

function readBackup(staged: string) {
	const db = new Database(staged, { readonly: true });
	try {
		return { accounts: accountsOf(db), latest: latestTime(db) };
	} finally {
		db.close();
	}
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
			// What used keys since is not known, so that no silence says that nothing does.
			db.prepare("UPDATE api_key SET last_without_server_at = ? WHERE revoked_at IS NULL").run(now);
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
			return {
				backedUpAt,
				withdrawn,
				keysMadeSince: keysMadeSince(db, replaced),
				olderPasswords: olderPasswords(db, replaced),
				withoutOwner: withoutOwner(db),
			};
		})();
		// One file, without a log.
		db.pragma("journal_mode = DELETE");
		return outcome;
	} finally {
		db.close();
	}
}

function nothingKnown({ exists }: Held): StorageError {
	const why = exists
		? "The database that would be replaced cannot be read, was never used, or is of another installation"
		: "There is no database here that would be replaced";
	return new StorageError(
		"unusable",
		`${why}, and there is no file of withdrawals: keys that were revoked after the backup would work again. Give a newer withdrawals.jsonl by --withdrawals FILE, or accept that by --as-backed-up. Nothing was changed.`,
	);
}
