import { existsSync } from "node:fs";

import type { Numbered } from "../../withdrawals/withdrawal.ts";
import { appendToFile } from "../../withdrawals/withdrawals-file.ts";
import type { SqliteDatabase } from "../open-database.ts";
import { missingFromFile, noteForFile } from "./missing-from-file.ts";
import { withdrawalsAfter } from "./withdrawal.ts";

/** The backlog of a first start may be long. */
const MAX_PER_APPEND = 5_000;

/**
 * Appends committed withdrawals to the file before the writer acknowledges them. The table has those that are not in the
 * file yet, after a crash or where the file cannot be written: they follow with a later commit. A withdrawal may be in the
 * file twice, and is never missing.
 */
export function createKeeper(db: SqliteDatabase, path: string) {
	const setTimes = db.prepare<{ now: number }>("UPDATE withdrawal SET at = :now WHERE at IS NULL");
	const newest = db.prepare<[], number | null>("SELECT max(number) FROM withdrawal").pluck();
	const setMark = db.prepare<{ number: number }>("UPDATE withdrawal_mark SET number = :number WHERE number < :number");
	/** Not in the file yet, in order. */
	let backlog: Numbered[] = [];
	/** Up to which number they are in the file or the backlog. Undefined: the file was not looked at yet. */
	let seen: number | undefined;
	/** Whether the file says whose it is. */
	let isNamed = false;
	let marked = 0;

	function append(): void {
		const isFirst = seen === undefined;
		const latest = newest.get() ?? 0;
		if (seen === undefined) backlog = missingFromFile(db, path);
		else if (latest > seen) backlog.push(...withdrawalsAfter(db, seen));
		seen = latest;
		if (backlog.length === 0 && !isFirst) return;
		if (!existsSync(path)) {
			if (backlog.length === 0) return;
			backlog = withdrawalsAfter(db, 0);
			isNamed = false;
		}
		while (backlog.length > 0) {
			appendToFile(path, backlog.slice(0, MAX_PER_APPEND));
			backlog.splice(0, MAX_PER_APPEND);
		}
		if (isNamed) return;
		const note = noteForFile(db, path);
		if (note !== undefined) appendToFile(path, [note]);
		isNamed = true;
	}

	return {
		/** In the transaction: `now` is the time of what has none yet. */
		date: (now: number): void => void setTimes.run({ now }),
		/** After the commit. A file that cannot be written must not keep anyone from revoking a key. */
		keep(): void {
			try {
				append();
			} catch {
				// The table keeps them. The mark stays behind, which is reported.
			}
		},
		/** After the replies. A database that is locked at this moment is asked again after the next commit. */
		mark(): void {
			if (seen === undefined || seen <= marked || backlog.length > 0) return;
			try {
				setMark.run({ number: seen });
				marked = seen;
			} catch {
				// Then they are appended once more after a restart.
			}
		},
	};
}
