import { sql } from "kysely";

import type { Database } from "../../storage/database.ts";

/** Longer chains are cut: nobody replaces a key so often while the first one waits. */
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
	let added = [...line];
	while (added.length > 0 && line.size < MAX_KEYS) {
		const { rows } = await sql<{ id: string }>`
			SELECT id FROM api_key
			WHERE replaces IN ${db.fragments.list(added)} AND (sealed_at IS NULL) = ${sql.lit(false)}
			UNION
			SELECT replaced_by FROM retirement WHERE key_id IN ${db.fragments.list(added)} AND replaced_by IS NOT NULL`.execute(
			db,
		);
		added = rows.map(({ id }) => id).filter((id) => id !== keyId && !line.has(id));
		for (const id of added) line.add(id);
	}
	return [...line];
}
