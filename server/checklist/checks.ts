import { countAndName, type Finding, gatherAndName, type Look, NOTHING } from "./finding.ts";
import { findVagueLabels } from "./telling-labels.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNUSED_DAYS = 30;
const OLD_DAYS = 180;
/** A key that its place has a successor for is at rest once it was not used for so long. */
const QUIET_MS = HOUR_MS;

export interface Check {
	id: string;
	/** Good where it counts nothing and `isWorrying` has nothing to say. */
	find: (look: Look) => Finding;
	isWorrying?: (look: Look) => boolean;
}

const ACTIVE = "workspace_id = :workspaceId AND revoked_at IS NULL";

// The unary plus keeps SQLite to the index by use, which holds all that is asked for.
const UNUSED = `
SELECT id FROM api_key WHERE ${ACTIVE} AND last_used_at < :before
UNION ALL SELECT id FROM api_key WHERE ${ACTIVE} AND last_used_at IS NULL AND +created_at < :before`;

const OF_LEAVERS = `
SELECT id FROM api_key WHERE ${ACTIVE}
AND (created_by IS NULL OR created_by NOT IN (SELECT account_id FROM member WHERE workspace_id = :workspaceId))`;

const OLD = `SELECT id FROM api_key WHERE ${ACTIVE} AND created_at < :before`;

/** Active and in a place, as `api_key_active_by_place` has them. */
const INSTALLED = (key: string) =>
	`${key}.workspace_id = :workspaceId AND ${key}.revoked_at IS NULL AND ${key}.sealed_at IS NOT NULL AND ${key}.place_id IS NOT NULL`;

/** By what was said when the new key was made, and by place. The new key must be in use already. */
const REPLACED = `
SELECT old.id FROM api_key new INDEXED BY api_key_taking_over CROSS JOIN api_key old ON old.id = new.replaces
WHERE new.workspace_id = :workspaceId AND new.replaces IS NOT NULL AND new.revoked_at IS NULL
	AND new.last_used_at IS NOT NULL AND old.revoked_at IS NULL
	AND (old.last_used_at IS NULL OR old.last_used_at < :before)
UNION SELECT old.id FROM (
	SELECT place_id, max(created_at) FILTER (WHERE last_used_at IS NOT NULL) AS newest
	FROM api_key k INDEXED BY api_key_active_by_place WHERE ${INSTALLED("k")} GROUP BY place_id HAVING count(*) > 1
) place CROSS JOIN api_key old INDEXED BY api_key_active_by_place
	ON ${INSTALLED("old")} AND old.place_id = place.place_id AND old.created_at < place.newest
WHERE old.last_used_at IS NULL OR old.last_used_at < :before`;

const REFUSED = `
SELECT id FROM api_key
WHERE workspace_id = :workspaceId AND last_refused_at >= :since AND revoked_at IS NOT NULL`;

/** What the backend can know of itself. */
export const CHECKS: readonly Check[] = [
	{
		id: "refused-keys",
		find: (look) => countAndName(look, { ids: REFUSED, parameters: { since: look.now - DAY_MS } }),
	},
	{ id: "keys-of-leavers", find: (look) => countAndName(look, { ids: OF_LEAVERS }) },
	{
		id: "replaced-keys",
		find: (look) => gatherAndName(look, { ids: REPLACED, parameters: { before: look.now - QUIET_MS } }),
	},
	{
		id: "unused-keys",
		find: (look) => countAndName(look, { ids: UNUSED, parameters: { before: look.now - UNUSED_DAYS * DAY_MS } }),
	},
	{
		id: "old-keys",
		find: (look) => countAndName(look, { ids: OLD, parameters: { before: look.now - OLD_DAYS * DAY_MS } }),
	},
	{ id: "telling-labels", find: findVagueLabels },
	{ id: "second-owner", find: () => NOTHING, isWorrying: hasOneOwnerOfSeveralPeople },
];

function hasOneOwnerOfSeveralPeople({ db, workspaceId }: Look): boolean {
	const people = db
		.prepare<[string], { owners: number; all: number }>(
			`SELECT count(*) FILTER (WHERE role = 'owner') AS owners, count(*) AS "all" FROM member WHERE workspace_id = ?`,
		)
		.get(workspaceId);
	return people !== undefined && people.owners < 2 && people.all > 1;
}
