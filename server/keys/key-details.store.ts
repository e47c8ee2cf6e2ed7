import { type RawBuilder, sql } from "kysely";

import type { Key, KeyDetails, KeyUsage } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { Database } from "../storage/database.ts";
import { findKey, hasKey } from "./key.store.ts";
import { lastSuccessorOf, predecessorOf, successorOf } from "./successor.ts";
import { hourOf } from "./usage-entry.ts";

const HOUR_MS = 3_600_000;
const HOURS_KEPT = 30 * 24;

interface KeyOfWorkspace {
	workspaceId: string;
	keyId: string;
}

/** All that is known of one key, and of those before and after it; undefined where the workspace has no such key. */
export async function findKeyDetails(db: Database, of: KeyOfWorkspace): Promise<KeyDetails | undefined> {
	const { workspaceId, keyId } = of;
	const key = await findKey(db, of);
	if (key === undefined) return undefined;

	async function related(idOf: RawBuilder<string | null>): Promise<Key | null> {
		const { rows } = await sql<{ id: string | null }>`
			SELECT ${idOf} AS id FROM api_key AS k WHERE k.id = ${keyId}`.execute(db);
		const id = rows[0]?.id ?? null;
		return id === null ? null : ((await findKey(db, { workspaceId, keyId: id })) ?? null);
	}

	return {
		key,
		replaces: await related(sql`coalesce(k.replaces, ${predecessorOf(db)})`),
		// A key that was asked for but never put to use has replaced nothing.
		replacement: await related(sql`coalesce(${successorOf(db)}, ${lastSuccessorOf(db)})`),
	};
}

/**
 * Requests by hour and outcome over 30 days; undefined where the workspace has no such key. What the last seconds brought
 * may still be in memory.
 */
export async function findKeyUsage(
	db: Database,
	{ workspaceId, keyId }: KeyOfWorkspace,
): Promise<KeyUsage | undefined> {
	if (!(await hasKey(db, { workspaceId, keyId }))) return undefined;
	const since = hourOf(db.now) - HOURS_KEPT + 1;
	// Hours lead, as in the table's key, so that each count is one look-up.
	const { rows } = await sql<{ hour: number; accepted: number; refused: number }>`
		WITH RECURSIVE hours (hour) AS (
			SELECT ${since} UNION ALL SELECT hour + 1 FROM hours WHERE hour < ${since + HOURS_KEPT - 1}
		)
		SELECT used.hour, used.accepted, used.refused
		FROM hours CROSS JOIN key_usage AS used WHERE used.hour = hours.hour AND used.key_id = ${keyId}`.execute(db);
	const accepted = new Array<number>(HOURS_KEPT).fill(0);
	const refused = new Array<number>(HOURS_KEPT).fill(0);
	for (const row of rows) {
		accepted[row.hour - since] = row.accepted;
		refused[row.hour - since] = row.refused;
	}
	return { from: isoTime(since * HOUR_MS), accepted, refused };
}
