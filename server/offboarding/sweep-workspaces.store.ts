import { sql } from "kysely";

import type { Database } from "../storage/database.ts";

/** How long holders of a deleted workspace's keys are told what became of them. */
const DELETED_KEPT_MS = 30 * 24 * 3_600_000;
const MOST_KEYS_AT_ONCE = 100;
const MOST_ENTRIES_AT_ONCE = 500;

/**
 * One step of tidying deleted workspaces. Their keys are refused from the deletion on; first each row comes to say so
 * itself, and after 30 days all rows go. False where there was nothing to do.
 */
export async function sweepDeletedWorkspaces(db: Database): Promise<boolean> {
	const forgotten = await forgetSome(db);
	const revoked = await revokeSome(db);
	return forgotten || revoked;
}

async function forgetSome(db: Database): Promise<boolean> {
	const workspace = await oldestDeleted(db)
		.where("deleted_at", "<=", db.now - DELETED_KEPT_MS)
		.executeTakeFirst();
	if (workspace === undefined) return false;
	if ((await deleteKeys(db, workspace.id)) === MOST_KEYS_AT_ONCE) return true;
	if ((await deleteActivity(db, workspace.id)) === MOST_ENTRIES_AT_ONCE) return true;
	await db.deleteFrom("workspace").where("id", "=", workspace.id).execute();
	return true;
}

async function deleteKeys(db: Database, workspaceId: string): Promise<number> {
	const some = db
		.selectFrom("api_key")
		.select("digest_prefix")
		.where("workspace_id", "=", workspaceId)
		.limit(MOST_KEYS_AT_ONCE);
	const { numDeletedRows } = await db
		.deleteFrom("api_key")
		.where("digest_prefix", "in", some)
		.executeTakeFirstOrThrow();
	return Number(numDeletedRows);
}

async function deleteActivity(db: Database, workspaceId: string): Promise<number> {
	const some = db
		.selectFrom("activity")
		.select("id")
		.where("workspace_id", "=", workspaceId)
		.limit(MOST_ENTRIES_AT_ONCE);
	const { numDeletedRows } = await db.deleteFrom("activity").where("id", "in", some).executeTakeFirstOrThrow();
	return Number(numDeletedRows);
}

async function revokeSome(db: Database): Promise<boolean> {
	const workspace = await oldestDeleted(db)
		// Literally, as the index has it.
		.where("keys_ended", "=", sql.lit(0))
		.executeTakeFirst();
	if (workspace === undefined) return false;
	const some = db
		.selectFrom("api_key")
		.select("digest_prefix")
		.where("workspace_id", "=", workspace.id)
		.where("revoked_at", "is", null)
		.limit(MOST_KEYS_AT_ONCE);
	const { numUpdatedRows } = await db
		.updateTable("api_key")
		.set({ revoked_at: workspace.deletedAt, revoked_reason: "workspace_deleted" })
		.where("digest_prefix", "in", some)
		.executeTakeFirstOrThrow();
	if (Number(numUpdatedRows) < MOST_KEYS_AT_ONCE) {
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
