import { sql } from "kysely";

import type { KeyRef } from "../../shared/wire.ts";
import type { Database } from "../storage/database.ts";
import { countAndList, type Finding, MAX_KEYS_LISTED } from "./findings.store.ts";

/** Labels that say nothing, like `label_core`: folded, without trailing numbers. */
const VAGUE_LABELS = [
	"",
	...["test", "tests", "testing", "test key", "key", "keys", "api", "api key", "api-key", "api_key", "apikey"],
	...["new", "new key", "my key", "the key", "a key", "another key", "token", "secret", "label", "name"],
	...["asd", "asdf", "asdfgh", "qwe", "qwerty", "aaa", "xxx", "abc", "xyz", "foo", "bar", "baz", "foobar"],
	...["untitled", "unnamed", "default", "none", "temp", "tmp", "temporary", "hello", "stuff", "thing", "sample"],
];
const VAGUE = sql.join(VAGUE_LABELS.map((word) => sql.lit(word)));

/** Active keys with a label that does not say what they are for, or that several keys share. */
export async function findVagueLabels(db: Database, workspaceId: string): Promise<Finding> {
	const active = sql`workspace_id = ${workspaceId} AND revoked_at IS NULL`;
	// While a key is being replaced, both may have the same label.
	const replaced = sql`SELECT replaces FROM api_key WHERE ${active} AND replaces IS NOT NULL`;

	/** The first few shared labels, folded, with the number of keys that have any shared label. */
	async function findShared(): Promise<{ label: string; total: number }[]> {
		const { rows } = await sql<{ label: string; total: number }>`
			WITH shared AS MATERIALIZED (
				SELECT label_folded AS label, count(*) AS keys
				FROM api_key ${db.fragments.index("api_key_active_by_label")}
				WHERE ${active} GROUP BY label_folded HAVING count(*) > 1 AND min(label_core) NOT IN (${VAGUE})
			), replaced AS MATERIALIZED (
				SELECT label_folded AS label, count(*) AS keys FROM api_key
				WHERE id IN (${replaced}) AND revoked_at IS NULL GROUP BY label_folded
			), indistinct AS (
				SELECT shared.label, shared.keys - coalesce(replaced.keys, 0) AS keys
				FROM shared LEFT JOIN replaced ON replaced.label = shared.label
			)
			SELECT label, sum(keys) OVER () AS total FROM indistinct WHERE keys > 1 LIMIT ${MAX_KEYS_LISTED}`.execute(db);
		return rows;
	}

	async function findWithLabel(folded: string): Promise<KeyRef[]> {
		const { rows } = await sql<KeyRef>`
			SELECT id, label, hint FROM api_key
			WHERE ${active} AND label_folded = ${folded} AND id NOT IN (${replaced})
			ORDER BY id LIMIT ${MAX_KEYS_LISTED}`.execute(db);
		return rows;
	}

	const vague = await countAndList(db, sql`SELECT id FROM api_key WHERE ${active} AND label_core IN (${VAGUE})`);
	const shared = await findShared();
	const keys = [...vague.keys];
	for (const { label } of shared) if (keys.length < MAX_KEYS_LISTED) keys.push(...(await findWithLabel(label)));
	return { count: vague.count + (shared[0]?.total ?? 0), keys: keys.slice(0, MAX_KEYS_LISTED) };
}
