import { identityOf, type Numbered } from "../../withdrawals/withdrawal.ts";
import { type Note, readWithdrawalsFile } from "../../withdrawals/withdrawals-file.ts";
import type { SqliteDatabase } from "../open-database.ts";
import { withdrawalsAfter } from "./withdrawal.ts";

/**
 * The withdrawals of a database that a file does not have in force: it may be another one's, an older copy, or cut off.
 * All of them if it cannot be read.
 */
export function missingFromFile(db: SqliteDatabase, path: string): Numbered[] {
	const found = new Set(tryToRead(path)?.withdrawals.map(identityOf));
	return withdrawalsAfter(db, 0).filter((each) => !found.has(identityOf(each)));
}

/** Up to when a database knows all withdrawals, and whose it is; undefined if the file says the latter already. */
export function noteForFile(db: SqliteDatabase, path: string): Note | undefined {
	const note = completeNote(db);
	const isNamed = note.account === undefined || tryToRead(path)?.accounts.has(note.account) === true;
	return isNamed ? undefined : note;
}

/** Up to when a database knows all withdrawals, and whose it is. */
export function completeNote(db: SqliteDatabase): Note {
	const at = db.prepare<[], number>("SELECT latest FROM clock").pluck().get() ?? 0;
	const oldest = db.prepare<[], string>(`SELECT id FROM "user" ORDER BY "createdAt", id LIMIT 1`).pluck();
	return { what: "complete", at, account: oldest.get() };
}

function tryToRead(path: string) {
	try {
		return readWithdrawalsFile(path);
	} catch {
		return undefined;
	}
}
