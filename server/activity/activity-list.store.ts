import { type RawBuilder, sql } from "kysely";

import type { ActivityEntry, ActivityKind, ActivityList } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { Database } from "../storage/database.ts";
import { type ActivityListQuery, writeActivityCursor } from "./activity-query.ts";
import { personRef } from "./person-ref.ts";

interface ActivityRow {
	id: number;
	at: number;
	kind: ActivityKind;
	actor_id: string | null;
	actor_name: string | null;
	actor_left: number | boolean;
	address: string | null;
	key_id: string | null;
	key_label: string | null;
	key_hint: string | null;
	person_id: string | null;
	person_name: string | null;
	person_left: number | boolean;
	detail: string;
}

/** A page of a workspace's activity, newest first. */
export async function listActivity(db: Database, query: ActivityListQuery): Promise<ActivityList> {
	const hasLeft = (column: RawBuilder<unknown>) =>
		sql`NOT EXISTS (SELECT 1 FROM member AS m WHERE m.workspace_id = a.workspace_id AND m.account_id = ${column})`;
	const { rows } = await sql<ActivityRow>`
		SELECT a.id, a.at, a.kind, a.actor_id, coalesce(actor.name, a.actor_name) AS actor_name,
			${hasLeft(sql`a.actor_id`)} AS actor_left, a.address, k.id AS key_id, k.label AS key_label, k.hint AS key_hint,
			a.person_id, coalesce(person.name, a.person_name) AS person_name,
			${hasLeft(sql`a.person_id`)} AS person_left, a.detail
		FROM activity AS a
		LEFT JOIN "user" AS actor ON actor.id = a.actor_id
		LEFT JOIN "user" AS person ON person.id = a.person_id
		LEFT JOIN api_key AS k ON k.id = a.key_id
		WHERE a.id IN (${idsOf(db, query)})
		ORDER BY a.id DESC LIMIT ${query.limit + 1}`.execute(db);
	const page = rows.slice(0, query.limit);
	const last = page.at(-1);
	return {
		entries: page.map(toEntry),
		nextCursor: rows.length > page.length && last ? writeActivityCursor(last.id) : null,
	};
}

/** At least one more than a page, if there are that many. */
function idsOf(db: Database, { workspaceId, keyId, personId, before, limit }: ActivityListQuery): RawBuilder<unknown> {
	const newest = (condition: RawBuilder<unknown>) =>
		sql`SELECT id FROM activity WHERE ${condition} AND id < ${before} ORDER BY id DESC LIMIT ${limit + 1}`;
	const inWorkspace = sql`workspace_id = ${workspaceId}`;
	if (keyId !== undefined) {
		// A key has few entries, a workspace many.
		const ofKey = sql`key_id = ${keyId} AND ${db.fragments.unindexed(sql.ref("workspace_id"))} = ${workspaceId}`;
		return newest(personId === undefined ? ofKey : sql`${ofKey} AND ${personId} IN (actor_id, person_id)`);
	}
	if (personId === undefined) return newest(inWorkspace);
	// Two short index scans. One with OR would collect and sort everything the person ever did.
	return sql`SELECT id FROM (${newest(sql`${inWorkspace} AND actor_id = ${personId}`)}) AS by_person
		UNION SELECT id FROM (${newest(sql`${inWorkspace} AND person_id = ${personId}`)}) AS about_person`;
}

function toEntry(row: ActivityRow): ActivityEntry {
	const { key_id: keyId, key_label: label, key_hint: hint } = row;
	return {
		id: String(row.id),
		at: isoTime(row.at),
		kind: row.kind,
		actor: personRef(row.actor_id, row.actor_name, row.actor_left),
		address: row.address,
		key: keyId !== null && label !== null && hint !== null ? { id: keyId, label, hint } : null,
		person: personRef(row.person_id, row.person_name, row.person_left),
		detail: JSON.parse(row.detail) as Record<string, string>,
	};
}
