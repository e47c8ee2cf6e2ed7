import { sql } from "kysely";

import type { Database } from "../../storage/database.ts";

/** The others are left out: no key is replaced so often while the first one waits. */
const MAX_KEYS = 100;

/**
 * The keys that have replaced `keyId` since `replacedBy` did: that key, those that replaced it in turn, and so on. A second
 * rotation of the same place must not hold up the first one.
 */
export async function findLineage(
	db: Database,
	{ keyId, replacedBy }: { keyId: string; replacedBy: string | null },
): Promise<string[]> {
	const line = new Set(replacedBy === null ? [] : [replacedBy]);
	// One key at a time: each may have been replaced by thousands.
	for (const id of line) {
		if (line.size >= MAX_KEYS) break;
		const next = await findNext(db, { id, limit: MAX_KEYS });
		for (const each of next) if (each !== keyId && line.size < MAX_KEYS) line.add(each);
	}
	return [...line];
}

/** The keys that replaced a key, the one that it is retired for first, then the newest. */
async function findNext(db: Database, { id, limit }: { id: string; limit: number }): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		SELECT replaced_by AS id FROM retirement WHERE key_id = ${id} AND replaced_by IS NOT NULL
		UNION ALL
		SELECT id FROM (
			SELECT id FROM api_key WHERE replaces = ${id} AND (sealed_at IS NULL) = ${sql.lit(false)}
			ORDER BY created_at DESC LIMIT ${limit}
		) AS newest`.execute(db);
	return rows.map((row) => row.id);
}
