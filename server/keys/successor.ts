import { type RawBuilder, sql } from "kysely";

import type { Database } from "../storage/database.ts";

/** For keys `n` beside a key `k`: those that were put into the same place. */
const samePlace = sql`n.workspace_id = k.workspace_id AND n.place_id = k.place_id AND n.sealed_at IS NOT NULL`;

/** The id of the newest such key, by an index that has no others, however often a key was replaced: only its last entry is read. */
function newest(db: Database, index: string, condition: RawBuilder<unknown>): RawBuilder<string | null> {
	return sql`(SELECT n.id FROM api_key AS n ${db.fragments.index(index)} WHERE ${condition} ORDER BY n.created_at DESC LIMIT 1)`;
}

/** The id of the active key that takes over from `k`: one made in its place, or the newest one in the same place. */
export function successorOf(db: Database): RawBuilder<string | null> {
	const made = newest(db, "api_key_successor", sql`n.replaces = k.id AND n.revoked_at IS NULL`);
	const inPlace = newest(
		db,
		"api_key_active_by_place",
		sql`${samePlace} AND n.revoked_at IS NULL AND n.created_at > k.created_at`,
	);
	return sql`coalesce(${made}, ${inPlace})`;
}

/** The id of the last one made in the place of `k` that was ever put to use, active or not. */
export function lastSuccessorOf(db: Database): RawBuilder<string | null> {
	return newest(db, "api_key_replaces", sql`n.replaces = k.id AND (n.sealed_at IS NULL) = ${sql.lit(false)}`);
}

/** The id of the one that was in the same place before. */
export function predecessorOf(db: Database): RawBuilder<string | null> {
	return newest(db, "api_key_by_place", sql`${samePlace} AND n.created_at < k.created_at`);
}
