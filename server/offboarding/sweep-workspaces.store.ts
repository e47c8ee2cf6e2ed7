import { sql } from "kysely";

import type { Database } from "../storage/database.ts";

/** For this long, keys of a deleted workspace are refused with the reason instead of as unknown. */
const DELETED_RETENTION_MS = 30 * 24 * 3_600_000;
const MAX_KEYS_PER_STEP = 100;
const MAX_ENTRIES_PER_STEP = 500;

/**
 * One step of cleaning up deleted workspaces, whose keys are refused already: marks key rows as revoked, and after 30
 * days deletes everything. False if there was nothing to do.
 */
export async function sweepDeletedWorkspaces(db: Database): Promise<boolean> {
	const deleted = await deleteBatch(db);
	const revoked = await revokeBatch(db);
	return deleted || revoked;
}

async function deleteBatch(db: Database): Promise<boolean> {
	const workspace = await oldestDeleted(db)
		.where("deleted_at", "<=", db.now - DELETED_RETENTION_MS)
		.executeTakeFirst();
	if (workspace === undefined) return false;
	if ((await deleteKeys(db, workspace.id)) === MAX_KEYS_PER_STEP) return true;
	if ((await deleteActivity(db, workspace.id)) === MAX_ENTRIES_PER_STEP) return true;
	await db.deleteFrom("workspace").where("id", "=", workspace.id).execute();
	return true;
}

async function deleteKeys(db: Database, workspaceId: string): Promise<number> {
	const batch = db
		.selectFrom("api_key")
		.select("digest_prefix")
		.where("workspace_id", "=", workspaceId)
		.limit(MAX_KEYS_PER_STEP);
	const { numDeletedRows } = await db
		.deleteFrom("api_key")
		.where("digest_prefix", "in", batch)
		.executeTakeFirstOrThrow();
	return Number(numDeletedRows);
}

async function deleteActivity(db: Database, workspaceId: string): Promise<number> {
	const batch = db
		.selectFrom("activity")
		.select("id")
		.where("workspace_id", "=", workspaceId)
		.limit(MAX_ENTRIES_PER_STEP);
	const { numDeletedRows } = await db.deleteFrom("activity").where("id", "in", batch).executeTakeFirstOrThrow();
	return Number(numDeletedRows);
}

async function revokeBatch(db: Database): Promise<boolean> {
	const workspace = await oldestDeleted(db)
		// A literal, to match the partial index.
		.where("keys_ended", "=", sql.lit(0))
		.executeTakeFirst();
	if (workspace === undefined) return false;
	const batch = db
		.selectFrom("api_key")
		.select("digest_prefix")
		.where("workspace_id", "=", workspace.id)
		.where("revoked_at", "is", null)
		.limit(MAX_KEYS_PER_STEP);
	const { numUpdatedRows } = await db
		.updateTable("api_key")
		.set({ revoked_at: workspace.deletedAt, revoked_reason: "workspace_deleted" })
		.where("digest_prefix", "in", batch)
		.executeTakeFirstOrThrow();
	if (Number(numUpdatedRows) < MAX_KEYS_PER_STEP) {
		await db.updateTable("workspace").set({ keys_ended: 1 }).where("id", "=", workspace.id).execute();
	}
	return true;
}

function oldestDeleted(db: Database) {
	return db
		.selectFrom("workspace")
		.select(["id", "deleted_at as deletedAt"])
		.where("deleted_at", "is not", null)
		.orderBy("deleted_at")
		.limit(1);
}
