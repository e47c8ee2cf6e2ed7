import { isoTime } from "../clock.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Transaction } from "../storage/storage.ts";

/** Of one account: more than anybody uses at once. */
const MOST_SESSIONS = 50;
const MOST_AT_ONCE = 500;

export function hasTooManySessions(db: SqliteDatabase, accountId: string): boolean {
	const count = db.prepare<[string], number>("SELECT count(*) FROM session WHERE userId = ?").pluck();
	return (count.get(accountId) ?? 0) > MOST_SESSIONS;
}

/** Ends those of an account's sessions that were not seen for longest. */
export function endSurplusSessions({ db }: Transaction, accountId: string): void {
	db.prepare(
		`DELETE FROM session WHERE id IN (
			SELECT id FROM session WHERE userId = ? ORDER BY updatedAt DESC, createdAt DESC LIMIT -1 OFFSET ${MOST_SESSIONS}
		)`,
	).run(accountId);
}

/** Forgets some sessions that have run out, whosever they were. False where there were none. */
export function sweepSessions({ db, now }: Transaction): boolean {
	const expired = `SELECT id FROM session WHERE expiresAt <= ? ORDER BY expiresAt LIMIT ${MOST_AT_ONCE}`;
	return db.prepare(`DELETE FROM session WHERE id IN (${expired})`).run(isoTime(now)).changes > 0;
}
