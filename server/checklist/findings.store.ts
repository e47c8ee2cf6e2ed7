import { type RawBuilder, sql } from "kysely";

import type { KeyRef } from "../../shared/wire.ts";
import type { Database } from "../storage/database.ts";

/** The keys that a check found: their number, and the first few. */
export interface Finding {
	count: number;
	keys: KeyRef[];
}

/** SQL that selects the `id` of keys. */
export type KeySelection = RawBuilder<unknown>;

export const MAX_KEYS_LISTED = 5;
export const NO_KEYS: Finding = { count: 0, keys: [] };

/** Counts the selected keys, then lists the first few if there are any. */
export async function countAndList(db: Database, selected: KeySelection): Promise<Finding> {
	const counted = await sql<{ count: number }>`SELECT count(*) AS count FROM (${selected}) AS found`.execute(db);
	const count = counted.rows[0]?.count ?? 0;
	if (count === 0) return NO_KEYS;
	const first = await sql<{ id: string }>`SELECT id FROM (${selected}) AS found LIMIT ${MAX_KEYS_LISTED}`.execute(db);
	return { count, keys: await findRefs(db, first.rows) };
}

/** The same in a single query, for selections that are expensive to run twice. */
export async function listAndCount(db: Database, selected: KeySelection): Promise<Finding> {
	const { rows } = await sql<{ id: string }>`${selected}`.execute(db);
	return { count: rows.length, keys: await findRefs(db, rows.slice(0, MAX_KEYS_LISTED)) };
}

function findRefs(db: Database, keys: { id: string }[]): Promise<KeyRef[]> {
	return db
		.selectFrom("api_key")
		.select(["id", "label", "hint"])
		.where("id", "in", db.fragments.list(keys.map(({ id }) => id)))
		.orderBy("label_folded")
		.orderBy("id")
		.execute();
}
