import { sql } from "kysely";

import type { Database } from "../../storage/database.ts";
import { readCounts } from "./key-uses.store.ts";
import { hourOf, minuteOf, spanOfMinute } from "./usage-entry.ts";
import { HOURS_SHOWN, MINUTES_SHOWN } from "./usage-windows.ts";

/** 30 days including the current hour, and one more hour for clock skew. */
const HOURS_KEPT = 30 * 24 + 1;
/** One more than shown, for clock skew. */
const STUDIO_HOURS_KEPT = HOURS_SHOWN + 1;
const MINUTES_KEPT = MINUTES_SHOWN + 10;
/** Small steps, since other writers wait for each. */
const STEP_ROWS = 500;
const STEP_KEYS = 200;

/** Deletes a batch of counts that are too old to be shown. True if there may be more. */
export async function sweepUsage(db: Database): Promise<boolean> {
	const hours = await sql`
		DELETE FROM key_usage WHERE (hour, key_id) IN (
			SELECT hour, key_id FROM key_usage WHERE hour < ${hourOf(db.now) - HOURS_KEPT + 1}
			ORDER BY hour, key_id LIMIT ${STEP_ROWS}
		)`.execute(db);
	const minutes = await sql`
		DELETE FROM key_minute WHERE (span, key_id, minute) IN (
			SELECT span, key_id, minute FROM key_minute WHERE span < ${spanOfMinute(minuteOf(db.now) - MINUTES_KEPT)}
			ORDER BY span, key_id, minute LIMIT ${STEP_ROWS}
		)`.execute(db);
	const studioHours = await sql`
		DELETE FROM key_studio_usage WHERE (key_id, hour, series) IN (
			SELECT key_id, hour, series FROM key_studio_usage WHERE hour < ${hourOf(db.now) - STUDIO_HOURS_KEPT + 1}
			ORDER BY hour LIMIT ${STEP_ROWS}
		)`.execute(db);
	return [hours, minutes, studioHours].some(({ numAffectedRows = 0n }) => numAffectedRows === BigInt(STEP_ROWS));
}

/**
 * Drops the hour that is now older than 24 hours from a batch of keys' sums, by which lists are sorted.
 * @returns the id to continue after, or undefined at the end
 */
export async function recountRequests(db: Database, { after }: { after: string }): Promise<string | undefined> {
	const counted = await db
		.selectFrom("api_key")
		.select("id")
		.where("id", ">", after)
		.where("requests_24h", ">", 0)
		.orderBy("id")
		.limit(STEP_KEYS)
		.execute();
	const ids = counted.map(({ id }) => id);
	const counts = await readCounts(db, { ids });
	const sums = db.fragments.rows(
		ids.map((id) => ({ id, sum: counts.get(id)?.requests24h ?? 0 })),
		{ id: "text", sum: "integer" },
	);
	await sql`
		UPDATE api_key SET requests_24h = counted.sum
		FROM ${sums} AS counted WHERE api_key.id = counted.id AND api_key.requests_24h <> counted.sum`.execute(db);
	return ids.at(-1);
}
