import { type RawBuilder, type Selectable, sql } from "kysely";

import { SERVER_LIVE_SECONDS } from "../../../shared/limits.ts";
import type { KeyUse, StudioSeries } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/tables.ts";
import { readStudioCounts } from "./studio-usage.store.ts";
import { hourOf, minuteOf, spanOfMinute } from "./usage-entry.ts";
import { HOURS_SHOWN, MINUTES_SHOWN } from "./usage-windows.ts";

const USE_TIMES = [
	"last_used_at",
	"studio_used_at",
	"plugin_used_at",
	"first_server_at",
	"last_server_at",
	"last_refused_at",
] as const;

/**
 * When a key was last used, by the game, a playtest or the plugin: 0 if never. As it is indexed.
 * @param table the alias of `api_key`, if there is one
 */
export function usedAt(db: Database, table?: string): RawBuilder<number> {
	const time = (column: string) =>
		sql<number>`coalesce(${sql.ref(table === undefined ? column : `${table}.${column}`)}, 0)`;
	return db.fragments.greatest(...["last_used_at", "studio_used_at", "plugin_used_at"].map(time));
}

type UseTimes = Pick<Selectable<Tables["api_key"]>, (typeof USE_TIMES)[number]>;

export interface Counts extends Pick<KeyUse, "hourly" | "requests24h" | "requests1h" | "liveServers"> {
	/** Requests in 24 hours. */
	inStudio: Record<StudioSeries, number>;
}

/** A key's use, from the times in its row and its counts. */
export function useOf(row: UseTimes, { inStudio, ...counts }: Counts): Omit<KeyUse, "id"> {
	return {
		lastUsedAt: isoTime(row.last_used_at),
		firstServerAt: isoTime(row.first_server_at),
		lastServerAt: isoTime(row.last_server_at),
		...counts,
		studio: { lastUsedAt: isoTime(row.studio_used_at), requests24h: inStudio.studio },
		plugin: { lastUsedAt: isoTime(row.plugin_used_at), requests24h: inStudio.plugin },
		lastRefusedAt: isoTime(row.last_refused_at),
	};
}

/** Accepted requests with these keys in the last 24 hours and 60 minutes, including the current hour and minute. */
export async function readCounts(db: Database, { ids }: { ids: readonly string[] }): Promise<Map<string, Counts>> {
	const counts = new Map<string, Counts>(ids.map((id) => [id, noCounts()]));
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
	for (const { id, series, accepted } of await readStudioCounts(db, { ids })) {
		const known = counts.get(id);
		if (known !== undefined) known.inStudio[series] = accepted;
	}
	for (const { id, servers } of await countLiveServers(db, ids)) {
		const known = counts.get(id);
		if (known !== undefined) known.liveServers = servers;
	}
	return counts;
}

async function countLiveServers(db: Database, ids: readonly string[]): Promise<{ id: string; servers: number }[]> {
	return db
		.selectFrom("key_server")
		.select(({ fn }) => ["key_id as id", fn.countAll<number>().as("servers")])
		.where("key_id", "in", db.fragments.list(ids))
		.where("closed_at", "is", null)
		.where("last_seen_at", ">", db.now - SERVER_LIVE_SECONDS * 1000)
		.groupBy("key_id")
		.execute();
}

function noCounts(): Counts {
	const hourly = new Array<number>(HOURS_SHOWN).fill(0);
	return { hourly, requests24h: 0, requests1h: 0, liveServers: 0, inStudio: { studio: 0, plugin: 0 } };
}

/** The last use by a game server, in milliseconds; null: there was none. */
export async function findLastServerAt(db: Database, { keyId }: { keyId: string }): Promise<number | null> {
	const key = await db.selectFrom("api_key").select("last_server_at as at").where("id", "=", keyId).executeTakeFirst();
	return key?.at ?? null;
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
		return { id: key.id, ...useOf(key, used) };
	});
}
