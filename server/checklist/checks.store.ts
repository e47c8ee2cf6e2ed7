import { type RawBuilder, sql } from "kysely";

import { usedAt } from "../keys/usage/key-uses.store.ts";
import type { Database } from "../storage/database.ts";
import { countAndList, type Finding, type KeySelection, listAndCount, NO_KEYS } from "./findings.store.ts";
import { findVagueLabels } from "./vague-labels.store.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNUSED_DAYS = 30;
const OLD_DAYS = 180;
/** A replaced key that has not been used for this long can be revoked. */
const QUIET_MS = HOUR_MS;

export interface Check {
	id: string;
	/** Finds the affected keys. The item is good if there are none and `needsAttention` is not true. */
	find: (db: Database, workspaceId: string) => Promise<Finding>;
	needsAttention?: (db: Database, workspaceId: string) => Promise<boolean>;
}

/** The automatic checks. */
export const CHECKS: readonly Check[] = [
	{ id: "refused-keys", find: (db, workspaceId) => countAndList(db, refused(db, workspaceId)) },
	{ id: "keys-of-leavers", find: (db, workspaceId) => countAndList(db, ofFormerMembers(workspaceId)) },
	{ id: "replaced-keys", find: (db, workspaceId) => listAndCount(db, replaced(db, workspaceId)) },
	{ id: "unused-keys", find: (db, workspaceId) => countAndList(db, unused(db, workspaceId)) },
	{ id: "old-keys", find: (db, workspaceId) => countAndList(db, old(db, workspaceId)) },
	{ id: "vague-labels", find: findVagueLabels },
	{ id: "second-owner", find: () => Promise.resolve(NO_KEYS), needsAttention: hasSingleOwner },
];

const active = (workspaceId: string) => sql`workspace_id = ${workspaceId} AND revoked_at IS NULL`;

function refused(db: Database, workspaceId: string): KeySelection {
	return sql`SELECT id FROM api_key
		WHERE workspace_id = ${workspaceId} AND last_refused_at >= ${db.now - DAY_MS} AND revoked_at IS NOT NULL`;
}

function ofFormerMembers(workspaceId: string): KeySelection {
	return sql`SELECT id FROM api_key WHERE ${active(workspaceId)}
		AND (created_by IS NULL OR created_by NOT IN (SELECT account_id FROM member WHERE workspace_id = ${workspaceId}))`;
}

function unused(db: Database, workspaceId: string): KeySelection {
	const before = db.now - UNUSED_DAYS * DAY_MS;
	// Otherwise the planner may prefer the index on created_at to the covering one on the last use.
	const createdAt = db.fragments.unindexed(sql.ref<number>("created_at"));
	return sql`SELECT id FROM api_key WHERE ${active(workspaceId)} AND ${usedAt(db)} < ${before} AND ${createdAt} < ${before}`;
}

function old(db: Database, workspaceId: string): KeySelection {
	return sql`SELECT id FROM api_key WHERE ${active(workspaceId)} AND created_at < ${db.now - OLD_DAYS * DAY_MS}`;
}

/**
 * Keys with a newer key, created as their replacement or in the same place, that a game already uses. The plugin and
 * playtests use a new key before it is published. Keys that the server is about to revoke need no attention.
 */
function replaced(db: Database, workspaceId: string): KeySelection {
	const before = db.now - QUIET_MS;
	const takingOver = db.fragments.index("api_key_taking_over");
	const byPlace = db.fragments.index("api_key_active_by_place");
	// Matches the partial index: active and installed in a place.
	const installed = (key: string): RawBuilder<unknown> => {
		const column = (name: string) => sql.ref(`${key}.${name}`);
		return sql`${column("workspace_id")} = ${workspaceId} AND ${column("revoked_at")} IS NULL
			AND ${column("sealed_at")} IS NOT NULL AND ${column("place_id")} IS NOT NULL`;
	};
	const isLeft = sql`${usedAt(db, "older")} < ${before}
			AND NOT EXISTS (SELECT 1 FROM retirement WHERE retirement.key_id = older.id AND retirement.state = 'waiting')`;
	return sql`
		SELECT older.id FROM api_key AS newer ${takingOver} CROSS JOIN api_key AS older
		WHERE newer.workspace_id = ${workspaceId} AND newer.replaces IS NOT NULL AND newer.revoked_at IS NULL
			AND newer.last_used_at IS NOT NULL AND older.id = newer.replaces AND older.revoked_at IS NULL
			AND ${isLeft}
		UNION
		SELECT older.id FROM (
			SELECT place_id, max(created_at) FILTER (WHERE last_used_at IS NOT NULL) AS newest
			FROM api_key AS k ${byPlace} WHERE ${installed("k")} GROUP BY place_id HAVING count(*) > 1
		) AS place CROSS JOIN api_key AS older ${byPlace}
		WHERE ${installed("older")} AND older.place_id = place.place_id AND older.created_at < place.newest
			AND ${isLeft}`;
}

async function hasSingleOwner(db: Database, workspaceId: string): Promise<boolean> {
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
