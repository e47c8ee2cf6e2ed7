import { existsSync } from "node:fs";

import type { SqliteDatabase } from "../open-database.ts";
import { readMark, withdrawalsAfter } from "./withdrawal.ts";
import { appendToFile } from "./withdrawals-file.ts";

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
	/** Up to which number the file has them, as far as this process knows. */
	let kept: number | undefined;
	let marked = 0;

	function append(): void {
		kept ??= existsSync(path) ? readMark(db) : 0;
		if ((newest.get() ?? 0) <= kept) return;
		if (!existsSync(path)) kept = 0;
		for (let batch = withdrawalsAfter(db, kept, MAX_PER_APPEND); batch.length > 0;) {
			appendToFile(path, batch);
			kept = batch.at(-1)?.number ?? kept;
			batch = withdrawalsAfter(db, kept, MAX_PER_APPEND);
		}
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
			if (kept === undefined || kept <= marked) return;
			try {
				setMark.run({ number: kept });
				marked = kept;
			} catch {
				// Then they are appended once more after a restart.
			}
		},
	};
}
