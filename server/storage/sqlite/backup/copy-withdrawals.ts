import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";

import Database from "better-sqlite3";

import { makePrivate } from "../../../private-files.ts";
import { syncFolder } from "../../files.ts";
import { appendToFile, withdrawalsPath } from "../../withdrawals/withdrawals-file.ts";
import { completeNote, missingFromFile } from "../withdrawals/missing-from-file.ts";
import { unfinishedName } from "./folder.ts";
import { tablesOf } from "./inspect.ts";

/**
 * Copies the withdrawals beside a backup: the file beside the database, and what only the backup's own table has.
 * Says up to when they are complete.
 */
export function copyWithdrawals(source: string, backup: string, target: string): void {
	const unfinished = unfinishedName(target);
	const file = withdrawalsPath(source);
	try {
		if (existsSync(file)) copyFileSync(file, unfinished);
		if (existsSync(unfinished)) makePrivate(unfinished);
		const db = new Database(backup, { readonly: true });
		try {
			const isRecorded = tablesOf(db).includes("withdrawal");
			const missing = isRecorded ? missingFromFile(db, unfinished) : [];
			appendToFile(unfinished, [...missing, completeNote(db)]);
		} finally {
			db.close();
		}
		renameSync(unfinished, target);
		syncFolder(dirname(target));
	} finally {
		rmSync(unfinished, { force: true });
	}
}
