import { sql } from "kysely";

import { SYSTEM } from "../activity/actor.ts";
import { revokedWithMaker } from "../keys/authenticate/revoked-maker.store.ts";
import { revokeKey } from "../keys/manage/key-writes.store.ts";
import type { Database } from "../storage/database.ts";

const ENDED_KEPT_MS = 24 * 3_600_000;
const WRONG_CODES_KEPT_MS = 10 * 60_000;
/** Keeps the write lock to a few milliseconds. */
const MOST_AT_ONCE = 100;

/**
 * One step of tidying what is over. Nothing depends on it: every deadline is also checked where it counts. False where
 * there was nothing to do.
 */
export async function sweepPairings(db: Database): Promise<boolean> {
	return (
		(await expireOverdue(db)) ||
		(await revokeUnconfirmed(db)) ||
		(await forgetEnded(db)) ||
		(await forgetWrongCodes(db))
	);
}

/** Pairings end before their keys do, so that they say "expired" and not "denied". */
async function expireOverdue(db: Database): Promise<boolean> {
	const overdue = db
		.selectFrom("pairing")
		.select("id")
		.where("ended_at", "is", null)
		.where("expires_at", "<=", db.now)
		.limit(MOST_AT_ONCE);
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
		.limit(MOST_AT_ONCE)
		.execute();
	for (const { id } of unconfirmed) await revokeKey(db, { actor: SYSTEM, keyId: id, reason: "unconfirmed" });
	return unconfirmed.length > 0;
}

async function forgetEnded(db: Database): Promise<boolean> {
	const old = db
		.selectFrom("pairing")
		.select("id")
		.where("ended_at", "<=", db.now - ENDED_KEPT_MS)
		.limit(MOST_AT_ONCE);
	const { numDeletedRows } = await db.deleteFrom("pairing").where("id", "in", old).executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}

async function forgetWrongCodes(db: Database): Promise<boolean> {
	const oldest = db.selectFrom("wrong_user_code").select("id").orderBy("id").limit(MOST_AT_ONCE);
	const { numDeletedRows } = await db
		.deleteFrom("wrong_user_code")
		.where("id", "in", oldest)
		.where("at", "<=", db.now - WRONG_CODES_KEPT_MS)
		.executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}
