import type { Database } from "../storage/database.ts";

/** A little over a year, so that last year's entries can still be looked up. */
const RETENTION_MS = 400 * 24 * 3_600_000;
const MAX_PER_STEP = 500;

/** Deletes a batch of old entries. False if there were none. */
export async function sweepActivity(db: Database): Promise<boolean> {
	// By id: ids are in order of time.
	const oldest = db.selectFrom("activity").select(["id", "at"]).orderBy("id").limit(MAX_PER_STEP);
	const tooOld = db
		.selectFrom(oldest.as("oldest"))
		.select("id")
		.where("at", "<=", db.now - RETENTION_MS);
	const { numDeletedRows } = await db.deleteFrom("activity").where("id", "in", tooOld).executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}
