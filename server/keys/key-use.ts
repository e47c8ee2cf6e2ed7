import type { KeyUse } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import { lastHourAt } from "./last-hour.ts";
import { hourOf, minuteOf } from "./usage-entry.ts";

export type Counts = Pick<KeyUse, "hourly" | "requests24h" | "requests1h">;

export const HOURS_SHOWN = 24;

/** Hours lead, as in the table's key: a key's own counts are so many single look-ups. */
const HOURS = `
WITH RECURSIVE hours (hour) AS (SELECT :since UNION ALL SELECT hour + 1 FROM hours WHERE hour < :since + ${HOURS_SHOWN - 1})
SELECT u.key_id AS id, u.hour - :since AS hour, u.accepted
FROM hours CROSS JOIN json_each(:ids) AS wanted CROSS JOIN key_usage u ON u.hour = hours.hour AND u.key_id = wanted.value`;

const LAST_HOURS = `
SELECT h.key_id AS id, h.minutes
FROM json_each(:ids) AS wanted CROSS JOIN key_last_hour h ON h.key_id = wanted.value`;

/** What these keys were used in the last day and hour. The day ends with this hour, and the hour with this minute. */
export function readCounts(db: SqliteDatabase, ids: string[], now: number): Map<string, Counts> {
	const wanted = JSON.stringify(ids);
	const counts = new Map<string, Counts>(
		ids.map((id) => [id, { hourly: new Array<number>(HOURS_SHOWN).fill(0), requests24h: 0, requests1h: 0 }]),
	);
	const since = hourOf(now) - HOURS_SHOWN + 1;
	const hours = db.prepare<object, { id: string; hour: number; accepted: number }>(HOURS);
	for (const { id, hour, accepted } of hours.all({ ids: wanted, since })) {
		const known = counts.get(id);
		if (known === undefined) continue;
		known.hourly[hour] = accepted;
		known.requests24h += accepted;
	}
	const minute = minuteOf(now);
	const lastHours = db.prepare<object, { id: string; minutes: Buffer }>(LAST_HOURS);
	for (const { id, minutes } of lastHours.all({ ids: wanted })) {
		const known = counts.get(id);
		if (known !== undefined) known.requests1h = lastHourAt(minutes, minute);
	}
	return counts;
}

interface Times {
	id: string;
	lastUsedAt: number | null;
	firstServerAt: number | null;
	lastServerAt: number | null;
	lastRefusedAt: number | null;
}

const TIMES = `
SELECT id, last_used_at AS lastUsedAt, first_server_at AS firstServerAt, last_server_at AS lastServerAt,
	last_refused_at AS lastRefusedAt
FROM api_key WHERE id IN (SELECT value FROM json_each(:ids))`;

/** All that changes of these keys by being used. */
export function readUses(db: SqliteDatabase, ids: string[], now: number): KeyUse[] {
	const counts = readCounts(db, ids, now);
	const times = db.prepare<object, Times>(TIMES).all({ ids: JSON.stringify(ids) });
	return times.flatMap(({ id, lastUsedAt, firstServerAt, lastServerAt, lastRefusedAt }) => {
		const used = counts.get(id);
		if (used === undefined) return [];
		return {
			id,
			...used,
			lastUsedAt: isoTime(lastUsedAt),
			firstServerAt: isoTime(firstServerAt),
			lastServerAt: isoTime(lastServerAt),
			lastRefusedAt: isoTime(lastRefusedAt),
		};
	});
}
