import { type Selectable, sql } from "kysely";

import type { KeyUse } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/tables.ts";
import { hourOf, minuteOf, spanOfMinute } from "./usage-entry.ts";
import { HOURS_SHOWN, MINUTES_SHOWN } from "./usage-windows.ts";

const USE_TIMES = ["last_used_at", "first_server_at", "last_server_at", "last_refused_at"] as const;

/** The times of use in a key's row. */
export function useTimes(row: Pick<Selectable<Tables["api_key"]>, (typeof USE_TIMES)[number]>) {
	return {
		lastUsedAt: isoTime(row.last_used_at),
		firstServerAt: isoTime(row.first_server_at),
		lastServerAt: isoTime(row.last_server_at),
		lastRefusedAt: isoTime(row.last_refused_at),
	};
}

export type Counts = Pick<KeyUse, "hourly" | "requests24h" | "requests1h">;

/** Accepted requests of these keys in the last 24 hours and 60 minutes, including the current hour and minute. */
export async function readCounts(db: Database, { ids }: { ids: readonly string[] }): Promise<Map<string, Counts>> {
	const counts = new Map<string, Counts>(
		ids.map((id) => [id, { hourly: new Array<number>(HOURS_SHOWN).fill(0), requests24h: 0, requests1h: 0 }]),
	);
	const requested = db.fragments.rows(
		ids.map((id) => ({ id })),
		{ id: "text" },
	);
	const firstHour = hourOf(db.now) - HOURS_SHOWN + 1;
	// Hours and spans come first, as in the primary keys, so that each is one seek. SQLite does not reorder CROSS JOIN.
	const hours = await sql<{ id: string; hour: number; accepted: number }>`
		WITH RECURSIVE hours (hour) AS (
			SELECT ${firstHour} UNION ALL SELECT hour + 1 FROM hours WHERE hour < ${firstHour + HOURS_SHOWN - 1}
		)
		SELECT used.key_id AS id, used.hour - ${firstHour} AS hour, used.accepted
		FROM hours CROSS JOIN ${requested} AS requested CROSS JOIN key_usage AS used
		WHERE used.hour = hours.hour AND used.key_id = requested.id
	`.execute(db);
	for (const { id, hour, accepted } of hours.rows) {
		const known = counts.get(id);
		if (known === undefined) continue;
		known.hourly[hour] = accepted;
		known.requests24h += accepted;
	}
	const minute = minuteOf(db.now);
	const firstMinute = minute - MINUTES_SHOWN + 1;
	const lastHour = await sql<{ id: string; accepted: number }>`
		WITH RECURSIVE spans (span) AS (
			SELECT ${spanOfMinute(firstMinute)} UNION ALL SELECT span + 1 FROM spans WHERE span < ${spanOfMinute(minute)}
		)
		SELECT used.key_id AS id, sum(used.accepted) AS accepted
		FROM spans CROSS JOIN ${requested} AS requested CROSS JOIN key_minute AS used
		WHERE used.span = spans.span AND used.key_id = requested.id AND used.minute BETWEEN ${firstMinute} AND ${minute}
		GROUP BY used.key_id
	`.execute(db);
	for (const { id, accepted } of lastHour.rows) {
		const known = counts.get(id);
		if (known !== undefined) known.requests1h = accepted;
	}
	return counts;
}

/** The usage figures and times of these keys. */
export async function readUses(db: Database, { ids }: { ids: readonly string[] }): Promise<KeyUse[]> {
	const counts = await readCounts(db, { ids });
	const keys = await db
		.selectFrom("api_key")
		.select(["id", ...USE_TIMES])
		.where("id", "in", db.fragments.list(ids))
		.execute();
	return keys.flatMap((key) => {
		const used = counts.get(key.id);
		if (used === undefined) return [];
		return { id: key.id, ...used, ...useTimes(key) };
	});
}
