import { type RawBuilder, sql } from "kysely";

import type { Database } from "../../storage/database.ts";

/** Keys `n` installed in the same place as key `k`. */
const samePlace = sql`n.workspace_id = k.workspace_id AND n.place_id = k.place_id AND n.sealed_at IS NOT NULL`;

/** The id of the newest matching key, read from the end of an index of such keys only. */
function newest(db: Database, index: string, condition: RawBuilder<unknown>): RawBuilder<string | null> {
	return sql`(SELECT n.id FROM api_key AS n ${db.fragments.index(index)} WHERE ${condition} ORDER BY n.created_at DESC LIMIT 1)`;
}

/** The id of the active key that replaces `k`: created as its replacement, or else the newest in the same place. */
export function successorOf(db: Database): RawBuilder<string | null> {
	const created = newest(db, "api_key_successor", sql`n.replaces = k.id AND n.revoked_at IS NULL`);
	const inPlace = newest(
		db,
		"api_key_active_by_place",
		sql`${samePlace} AND n.revoked_at IS NULL AND n.created_at > k.created_at`,
	);
	return sql`coalesce(${created}, ${inPlace})`;
}

/** The id of the last sealed key created to replace `k`, active or revoked. */
export function lastSuccessorOf(db: Database): RawBuilder<string | null> {
	return newest(db, "api_key_replaces", sql`n.replaces = k.id AND (n.sealed_at IS NULL) = ${sql.lit(false)}`);
}

/** The id of the previous key in the same place. */
export function predecessorOf(db: Database): RawBuilder<string | null> {
	return newest(db, "api_key_by_place", sql`${samePlace} AND n.created_at < k.created_at`);
}

/** True if an active, sealed key was created to replace this one. */
export async function hasSuccessor(db: Database, { keyId }: { keyId: string }): Promise<boolean> {
	const successor = await db
		.selectFrom("api_key")
		.select("id")
		.where("replaces", "=", keyId)
		.where("revoked_at", "is", null)
		.where("sealed_at", "is not", null)
		.limit(1)
		.executeTakeFirst();
	return successor !== undefined;
}
