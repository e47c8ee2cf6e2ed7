import type { Database } from "../../storage/database.ts";

/** Longer than any server tries to add a batch again. */
const KEPT_MS = 24 * 3_600_000;
const STEP_ROWS = 500;

/**
 * True the first time. A batch is sent again when its answer was lost, and must not be added twice.
 * @param id undefined for counts that are sent once
 */
export async function claimBatch(db: Database, { id }: { id: string | undefined }): Promise<boolean> {
	if (id === undefined) return true;
	const inserted = await db
		.insertInto("usage_batch")
		.values({ id, at: db.now })
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Forgets old batches. True if there may be more. */
export async function sweepUsageBatches(db: Database): Promise<boolean> {
	const old = db
		.selectFrom("usage_batch")
		.select("id")
		.where("at", "<", db.now - KEPT_MS)
		.limit(STEP_ROWS);
	const { numDeletedRows } = await db.deleteFrom("usage_batch").where("id", "in", old).executeTakeFirstOrThrow();
	return numDeletedRows === BigInt(STEP_ROWS);
}
