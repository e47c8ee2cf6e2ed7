import { sql } from "kysely";

import type { KeyUsage } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";
import { hourOf } from "./usage-entry.ts";

const HOUR_MS = 3_600_000;
const HOURS_KEPT = 30 * 24;

/**
 * Requests per hour and outcome over 30 days, except those of the last few seconds that are not flushed yet. Undefined if
 * the key is not in the workspace.
 */
export async function findKeyUsage(
	db: Database,
	{ workspaceId, keyId }: { workspaceId: string; keyId: string },
): Promise<KeyUsage | undefined> {
	const key = await db
		.selectFrom("api_key")
		.select("id")
		.where("workspace_id", "=", workspaceId)
		.where("id", "=", keyId)
		.executeTakeFirst();
	if (key === undefined) return undefined;
	const since = hourOf(db.now) - HOURS_KEPT + 1;
	// Hours come first, as in the primary key, so that each count is one seek.
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
