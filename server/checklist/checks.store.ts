import { type RawBuilder, sql } from "kysely";

import type { Database } from "../storage/database.ts";
import { countAndName, type Finding, gatherAndName, type KeySelection, NOTHING } from "./findings.store.ts";
import { findVagueLabels } from "./vague-labels.store.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNUSED_DAYS = 30;
const OLD_DAYS = 180;
/** A key that its place has a successor for is at rest once it was not used for so long. */
const QUIET_MS = HOUR_MS;

export interface Check {
	id: string;
	/** Good where it counts nothing and `isWorrying` has nothing to say. */
	find: (db: Database, workspaceId: string) => Promise<Finding>;
	isWorrying?: (db: Database, workspaceId: string) => Promise<boolean>;
}

/** What the backend can know of itself. */
export const CHECKS: readonly Check[] = [
	{ id: "refused-keys", find: (db, workspaceId) => countAndName(db, refused(db, workspaceId)) },
	{ id: "keys-of-leavers", find: (db, workspaceId) => countAndName(db, ofLeavers(workspaceId)) },
	{ id: "replaced-keys", find: (db, workspaceId) => gatherAndName(db, replaced(db, workspaceId)) },
	{ id: "unused-keys", find: (db, workspaceId) => countAndName(db, unused(db, workspaceId)) },
	{ id: "old-keys", find: (db, workspaceId) => countAndName(db, old(db, workspaceId)) },
	{ id: "telling-labels", find: findVagueLabels },
	{ id: "second-owner", find: () => Promise.resolve(NOTHING), isWorrying: hasOneOwnerOfSeveralPeople },
];

const active = (workspaceId: string) => sql`workspace_id = ${workspaceId} AND revoked_at IS NULL`;

function refused(db: Database, workspaceId: string): KeySelection {
	return sql`SELECT id FROM api_key
		WHERE workspace_id = ${workspaceId} AND last_refused_at >= ${db.now - DAY_MS} AND revoked_at IS NOT NULL`;
}

function ofLeavers(workspaceId: string): KeySelection {
	return sql`SELECT id FROM api_key WHERE ${active(workspaceId)}
		AND (created_by IS NULL OR created_by NOT IN (SELECT account_id FROM member WHERE workspace_id = ${workspaceId}))`;
}

function unused(db: Database, workspaceId: string): KeySelection {
	const before = db.now - UNUSED_DAYS * DAY_MS;
	// The index by use holds all that is asked for.
	const createdAt = db.fragments.unindexed(sql.ref<number>("created_at"));
	return sql`SELECT id FROM api_key WHERE ${active(workspaceId)} AND last_used_at < ${before}
		UNION ALL
		SELECT id FROM api_key WHERE ${active(workspaceId)} AND last_used_at IS NULL AND ${createdAt} < ${before}`;
}

function old(db: Database, workspaceId: string): KeySelection {
	return sql`SELECT id FROM api_key WHERE ${active(workspaceId)} AND created_at < ${db.now - OLD_DAYS * DAY_MS}`;
}

/** By what was said when the newer key was made, and by place. The newer key must be in use already. */
function replaced(db: Database, workspaceId: string): KeySelection {
	const before = db.now - QUIET_MS;
	const takingOver = db.fragments.index("api_key_taking_over");
	const byPlace = db.fragments.index("api_key_active_by_place");
	// Active and in a place, as that index has them.
	const installed = (key: string): RawBuilder<unknown> => {
		const column = (name: string) => sql.ref(`${key}.${name}`);
		return sql`${column("workspace_id")} = ${workspaceId} AND ${column("revoked_at")} IS NULL
			AND ${column("sealed_at")} IS NOT NULL AND ${column("place_id")} IS NOT NULL`;
	};
	return sql`
		SELECT older.id FROM api_key AS newer ${takingOver} CROSS JOIN api_key AS older
		WHERE newer.workspace_id = ${workspaceId} AND newer.replaces IS NOT NULL AND newer.revoked_at IS NULL
			AND newer.last_used_at IS NOT NULL AND older.id = newer.replaces AND older.revoked_at IS NULL
			AND (older.last_used_at IS NULL OR older.last_used_at < ${before})
		UNION
		SELECT older.id FROM (
			SELECT place_id, max(created_at) FILTER (WHERE last_used_at IS NOT NULL) AS newest
			FROM api_key AS k ${byPlace} WHERE ${installed("k")} GROUP BY place_id HAVING count(*) > 1
		) AS place CROSS JOIN api_key AS older ${byPlace}
		WHERE ${installed("older")} AND older.place_id = place.place_id AND older.created_at < place.newest
			AND (older.last_used_at IS NULL OR older.last_used_at < ${before})`;
}

async function hasOneOwnerOfSeveralPeople(db: Database, workspaceId: string): Promise<boolean> {
	const { owners, people } = await db
		.selectFrom("member")
		.select(({ fn }) => [
			fn.countAll<number>().filterWhere("role", "=", "owner").as("owners"),
			fn.countAll<number>().as("people"),
		])
		.where("workspace_id", "=", workspaceId)
		.executeTakeFirstOrThrow();
	return owners < 2 && people > 1;
}
