import { sql } from "kysely";

import { SYSTEM } from "../activity/actor.ts";
import { revokedWithMaker } from "../keys/authenticate/revoked-maker.store.ts";
import { revokeKey } from "../keys/manage/key-writes.store.ts";
import type { Database } from "../storage/database.ts";

const ENDED_KEPT_MS = 24 * 3_600_000;
const WRONG_CODES_KEPT_MS = 10 * 60_000;
/** Holds the write lock for a few milliseconds at most. */
const MAX_PER_STEP = 100;

/**
 * Cleans up a batch of expired pairings, expired keys and old rows. Nothing depends on it: every deadline is also checked
 * where it matters. False if there was nothing to do.
 */
export async function sweepPairings(db: Database): Promise<boolean> {
	return (
		(await expireOverdue(db)) ||
		(await revokeUnconfirmed(db)) ||
		(await deleteEnded(db)) ||
		(await deleteWrongCodes(db))
	);
}

/** Ends pairings before their keys, so that their status is "expired" and not "denied". */
async function expireOverdue(db: Database): Promise<boolean> {
	const overdue = db
		.selectFrom("pairing")
		.select("id")
		.where("ended_at", "is", null)
		.where("expires_at", "<=", db.now)
		.limit(MAX_PER_STEP);
	const expired = await db
		.updateTable("pairing")
		.set({ status: "expired", salt: null, ended_at: db.now })
		.where("id", "in", overdue)
		.returning("key_id")
		.execute();
	for (const { key_id: keyId } of expired) {
		if (keyId !== null) await revokeKey(db, { actor: SYSTEM, keyId, reason: "unconfirmed" });
	}
	return expired.length > 0;
}

async function revokeUnconfirmed(db: Database): Promise<boolean> {
	const unconfirmed = await db
		.selectFrom("api_key")
		.select("id")
		.where("sealed_at", "is", null)
		.where("revoked_at", "is", null)
		.where("confirm_by", "<=", db.now)
		.where(sql<boolean>`NOT ${revokedWithMaker}`)
		.limit(MAX_PER_STEP)
		.execute();
	for (const { id } of unconfirmed) await revokeKey(db, { actor: SYSTEM, keyId: id, reason: "unconfirmed" });
	return unconfirmed.length > 0;
}

async function deleteEnded(db: Database): Promise<boolean> {
	const old = db
		.selectFrom("pairing")
		.select("id")
		.where("ended_at", "<=", db.now - ENDED_KEPT_MS)
		.limit(MAX_PER_STEP);
	const { numDeletedRows } = await db.deleteFrom("pairing").where("id", "in", old).executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}

async function deleteWrongCodes(db: Database): Promise<boolean> {
	const oldest = db.selectFrom("wrong_user_code").select("id").orderBy("id").limit(MAX_PER_STEP);
	const { numDeletedRows } = await db
		.deleteFrom("wrong_user_code")
		.where("id", "in", oldest)
		.where("at", "<=", db.now - WRONG_CODES_KEPT_MS)
		.executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}
