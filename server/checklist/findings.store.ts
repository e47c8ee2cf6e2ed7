import { type RawBuilder, sql } from "kysely";

import type { KeyRef } from "../../shared/wire.ts";
import type { Database } from "../storage/database.ts";

/** What one check found: how many keys, and the first few of them. */
export interface Finding {
	count: number;
	keys: KeyRef[];
}

/** SQL that selects the `id` of keys. */
export type KeySelection = RawBuilder<unknown>;

export const KEYS_NAMED = 5;
export const NOTHING: Finding = { count: 0, keys: [] };

/** Counts the keys of a selection, and names the first few where there are any. */
export async function countAndName(db: Database, selected: KeySelection): Promise<Finding> {
	const counted = await sql<{ count: number }>`SELECT count(*) AS count FROM (${selected}) AS found`.execute(db);
	const count = counted.rows[0]?.count ?? 0;
	if (count === 0) return NOTHING;
	const first = await sql<{ id: string }>`SELECT id FROM (${selected}) AS found LIMIT ${KEYS_NAMED}`.execute(db);
	return { count, keys: await nameKeys(db, first.rows) };
}

/** The same in one go, for selections that take longer than gathering what they select. */
export async function gatherAndName(db: Database, selected: KeySelection): Promise<Finding> {
	const { rows } = await sql<{ id: string }>`${selected}`.execute(db);
	return { count: rows.length, keys: await nameKeys(db, rows.slice(0, KEYS_NAMED)) };
}

function nameKeys(db: Database, keys: { id: string }[]): Promise<KeyRef[]> {
	return db
		.selectFrom("api_key")
		.select(["id", "label", "hint"])
		.where("id", "in", db.fragments.list(keys.map(({ id }) => id)))
		.orderBy((eb) => db.fragments.noCase(eb.ref("label")))
		.orderBy("id")
		.execute();
}
