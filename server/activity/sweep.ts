import type { Transaction } from "../storage/storage.ts";

/** A year and a month, so that last year's can be looked up. */
const KEPT_MS = 400 * 24 * 3_600_000;
const MOST_AT_ONCE = 500;

/** Forgets some of what happened long ago. False where there is nothing so old. */
export function sweepActivity({ db, now }: Transaction): boolean {
	// By id, which goes with the time.
	const oldest = `SELECT id, at FROM activity ORDER BY id LIMIT ${MOST_AT_ONCE}`;
	const { changes } = db
		.prepare(`DELETE FROM activity WHERE id IN (SELECT id FROM (${oldest}) WHERE at <= ?)`)
		.run(now - KEPT_MS);
	return changes > 0;
}
