import { sql } from "kysely";

import type { StudioSeries } from "../../../shared/wire.ts";
import type { Database } from "../../storage/database.ts";
import type { StudioEntry } from "./studio-counts.ts";
import { latestTime, type UsageBatch } from "./usage.store.ts";
import { claimBatch } from "./usage-batch.store.ts";
import { hourOf } from "./usage-entry.ts";
import { HOURS_SHOWN } from "./usage-windows.ts";

/** Writes requests from Studio. Entries of deleted keys are dropped. */
export async function addStudioUsage(db: Database, { entries, batch }: UsageBatch<StudioEntry>): Promise<void> {
	if (!(await claimBatch(db, { id: batch }))) return;
	await updateKeys(db, entries);
	const used = db.fragments.rows(
		entries.map((entry) => ({ ...entry })),
		{ keyId: "text", hour: "integer", series: "text", accepted: "integer" },
	);
	await sql`
		INSERT INTO key_studio_usage (key_id, hour, series, accepted)
		SELECT used."keyId", used.hour, used.series, used.accepted
		FROM ${used} AS used JOIN api_key ON api_key.id = used."keyId" WHERE true
		ON CONFLICT (key_id, hour, series) DO UPDATE SET
			accepted = key_studio_usage.accepted + excluded.accepted`.execute(db);
}

async function updateKeys(db: Database, entries: readonly StudioEntry[]): Promise<void> {
	const keys = new Map<string, Record<StudioSeries, number | null>>();
	for (const { keyId, series, lastUsedAt } of entries) {
		const known = keys.get(keyId) ?? { studio: null, plugin: null };
		known[series] = Math.max(known[series] ?? 0, lastUsedAt);
		keys.set(keyId, known);
	}
	const used = db.fragments.rows(
		[...keys].map(([keyId, times]) => ({ keyId, ...times })),
		{ keyId: "text", studio: "integer", plugin: "integer" },
	);
	await sql`
		UPDATE api_key SET
			studio_used_at = ${latestTime(db, "studio_used_at", "studio")},
			plugin_used_at = ${latestTime(db, "plugin_used_at", "plugin")}
		FROM ${used} AS used WHERE api_key.id = used."keyId"`.execute(db);
}

/** Requests from Studio in the last 24 hours, including the current hour, by key and series. */
export async function readStudioCounts(
	db: Database,
	{ ids }: { ids: readonly string[] },
): Promise<{ id: string; series: StudioSeries; accepted: number }[]> {
	const requested = db.fragments.rows(
		ids.map((id) => ({ id })),
		{ id: "text" },
	);
	const since = hourOf(db.now) - HOURS_SHOWN + 1;
	const { rows } = await sql<{ id: string; series: StudioSeries; accepted: number }>`
		SELECT used.key_id AS id, used.series, sum(used.accepted) AS accepted
		FROM ${requested} AS requested CROSS JOIN key_studio_usage AS used
		WHERE used.key_id = requested.id AND used.hour BETWEEN ${since} AND ${since + HOURS_SHOWN - 1}
		GROUP BY used.key_id, used.series`.execute(db);
	return rows;
}
