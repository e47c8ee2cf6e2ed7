import type { KeyRef } from "../../shared/wire.ts";
import { countAndName, type Finding, KEYS_NAMED, type Look } from "./finding.ts";

/** Labels that say nothing, as `label_core` has them: in small letters, without numbers at their end. */
const SAY_NOTHING = [
	"",
	...["test", "tests", "testing", "test key", "key", "keys", "api", "api key", "api-key", "api_key", "apikey"],
	...["new", "new key", "my key", "the key", "a key", "another key", "token", "secret", "label", "name"],
	...["asd", "asdf", "asdfgh", "qwe", "qwerty", "aaa", "xxx", "abc", "xyz", "foo", "bar", "baz", "foobar"],
	...["untitled", "unnamed", "default", "none", "temp", "tmp", "temporary", "hello", "stuff", "thing", "sample"],
];
const WORDS = SAY_NOTHING.map((word) => `'${word}'`).join(", ");
const ACTIVE = "workspace_id = :workspaceId AND revoked_at IS NULL";

const VAGUE = `SELECT id FROM api_key WHERE ${ACTIVE} AND label_core IN (${WORDS})`;

/** While a key is being replaced, the new one may well have its label. */
const REPLACED = `SELECT replaces FROM api_key WHERE ${ACTIVE} AND replaces IS NOT NULL`;

/** The first few labels that several keys share, how many keys do, and how many share any. */
const SHARED = `
WITH shared AS MATERIALIZED (
	SELECT label, count(*) AS keys FROM api_key INDEXED BY api_key_active_by_label
	WHERE ${ACTIVE} GROUP BY label COLLATE NOCASE HAVING count(*) > 1 AND label_core NOT IN (${WORDS})
), replaced AS MATERIALIZED (
	SELECT label, count(*) AS keys FROM api_key WHERE id IN (${REPLACED}) AND revoked_at IS NULL
	GROUP BY label COLLATE NOCASE
), left AS (
	SELECT shared.label, shared.keys - coalesce(replaced.keys, 0) AS keys
	FROM shared LEFT JOIN replaced ON replaced.label = shared.label COLLATE NOCASE
)
SELECT label, sum(keys) OVER () AS total FROM left WHERE keys > 1 LIMIT ${KEYS_NAMED}`;

const WITH_LABEL = `
SELECT id, label, hint FROM api_key
WHERE ${ACTIVE} AND label = :label COLLATE NOCASE AND id NOT IN (${REPLACED}) ORDER BY id LIMIT ${KEYS_NAMED}`;

/** Active keys whose label tells nobody what they are for, or does not tell them apart. */
export function findVagueLabels(look: Look): Finding {
	const { db, workspaceId } = look;
	const vague = countAndName(look, { ids: VAGUE });
	const shared = db.prepare<object, { label: string; total: number }>(SHARED).all({ workspaceId });
	const withLabel = db.prepare<object, KeyRef>(WITH_LABEL);
	const keys = [...vague.keys];
	for (const { label } of shared) {
		if (keys.length < KEYS_NAMED) keys.push(...withLabel.all({ workspaceId, label }));
	}
	return { count: vague.count + (shared[0]?.total ?? 0), keys: keys.slice(0, KEYS_NAMED) };
}
