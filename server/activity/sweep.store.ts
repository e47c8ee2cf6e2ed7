import type { Database } from "../storage/database.ts";

/** A year and a month, so that last year's can be looked up. */
const KEPT_MS = 400 * 24 * 3_600_000;
const MOST_AT_ONCE = 500;

/** Forgets some of what happened long ago. False where there is nothing so old. */
export async function sweepActivity(db: Database): Promise<boolean> {
	// By id, which goes with the time.
	const oldest = db.selectFrom("activity").select(["id", "at"]).orderBy("id").limit(MOST_AT_ONCE);
	const tooOld = db
		.selectFrom(oldest.as("oldest"))
		.select("id")
		.where("at", "<=", db.now - KEPT_MS);
	const { numDeletedRows } = await db.deleteFrom("activity").where("id", "in", tooOld).executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}
