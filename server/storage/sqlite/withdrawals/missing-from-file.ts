import type { SqliteDatabase } from "../open-database.ts";
import { identityOf, type Numbered, withdrawalsAfter } from "./withdrawal.ts";
import { readWithdrawalsFile } from "./withdrawals-file.ts";

/**
 * The withdrawals of a database that a file does not have in force: it may be another one's, an older copy, or cut off.
 * All of them if it cannot be read.
 */
export function missingFromFile(db: SqliteDatabase, path: string): Numbered[] {
	const found = new Set(tryToRead(path)?.withdrawals.map(identityOf));
	return withdrawalsAfter(db, 0).filter((each) => !found.has(identityOf(each)));
}

function tryToRead(path: string) {
	try {
		return readWithdrawalsFile(path);
	} catch {
		return undefined;
	}
}
