import { sql } from "kysely";

import { SERVER_LIVE_SECONDS, SERVERS_MAX_KEPT, VERSIONS_MAX_SHOWN } from "../../../shared/limits.ts";
import type { GameServerList, ServerSummary } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";
import { minuteOf, spanOfMinute } from "../usage/usage-entry.ts";
import { MINUTES_SHOWN } from "../usage/usage-windows.ts";
import { REMEMBERED_MS } from "./judge.ts";

/** The game servers that used a key and have not said goodbye; undefined if the key is not in the workspace. */
export async function findServers(
	db: Database,
	{ workspaceId, keyId }: { workspaceId: string; keyId: string },
): Promise<GameServerList | undefined> {
	const key = await db
		.selectFrom("api_key")
		.select("servers_dropped_at as droppedAt")
		.where("id", "=", keyId)
		.where("workspace_id", "=", workspaceId)
		.executeTakeFirst();
	if (key === undefined) return undefined;
	const servers = await db
		.selectFrom("key_server")
		.selectAll()
		.where("key_id", "=", keyId)
		.where("closed_at", "is", null)
		.where("last_seen_at", ">", db.now - REMEMBERED_MS)
		.orderBy("last_seen_at", "desc")
		.orderBy("job_id")
		.limit(SERVERS_MAX_KEPT)
		.execute();
	return {
		servers: servers.map((row) => ({
			jobId: row.job_id,
			placeId: String(row.place_id),
			placeVersion: row.place_version,
			firstSeenAt: isoTime(row.first_seen_at),
			lastSeenAt: isoTime(row.last_seen_at),
			requests: row.requests,
		})),
		truncated: isTruncated(db, key.droppedAt),
	};
}

/** A key's servers by place and version. */
export async function summarizeServers(db: Database, { keyId }: { keyId: string }): Promise<ServerSummary> {
	const key = await db
		.selectFrom("api_key")
		.select(["servers_dropped_at as droppedAt", "last_without_server_at as withoutAt"])
		.where("id", "=", keyId)
		.executeTakeFirstOrThrow();
	const live = sql`sum(CASE WHEN last_seen_at > ${db.now - SERVER_LIVE_SECONDS * 1000} THEN 1 ELSE 0 END)`;
	const { rows } = await sql<{
		placeId: number;
		placeVersion: number;
		live: number;
		servers: number;
		firstSeenAt: number;
		lastSeenAt: number;
	}>`
		SELECT place_id AS "placeId", place_version AS "placeVersion", ${live} AS live, count(*) AS servers,
			min(first_seen_at) AS "firstSeenAt", max(last_seen_at) AS "lastSeenAt"
		FROM key_server
		WHERE key_id = ${keyId} AND closed_at IS NULL AND last_seen_at > ${db.now - REMEMBERED_MS}
		GROUP BY place_id, place_version
		ORDER BY live DESC, max(last_seen_at) DESC`.execute(db);
	const isRecent = key.withoutAt !== null && key.withoutAt > db.now - REMEMBERED_MS;
	return {
		versions: rows.slice(0, VERSIONS_MAX_SHOWN).map((row) => ({
			placeId: String(row.placeId),
			placeVersion: row.placeVersion,
			live: row.live,
			silent: row.servers - row.live,
			firstSeenAt: isoTime(row.firstSeenAt),
			lastSeenAt: isoTime(row.lastSeenAt),
		})),
		truncated: isTruncated(db, key.droppedAt),
		live: rows.reduce((sum, row) => sum + row.live, 0),
		lastWithoutServerAt: isRecent ? isoTime(key.withoutAt) : null,
		withoutServer1h: isRecent ? await countWithoutServer(db, keyId) : 0,
	};
}

async function countWithoutServer(db: Database, keyId: string): Promise<number> {
	const last = minuteOf(db.now);
	const first = last - MINUTES_SHOWN + 1;
	const { rows } = await sql<{ count: number | null }>`
		WITH RECURSIVE spans (span) AS (
			SELECT ${spanOfMinute(first)} UNION ALL SELECT span + 1 FROM spans WHERE span < ${spanOfMinute(last)}
		)
		SELECT sum(used.accepted - used.from_servers) AS count
		FROM spans CROSS JOIN key_minute AS used
		WHERE used.span = spans.span AND used.key_id = ${keyId} AND used.minute BETWEEN ${first} AND ${last}`.execute(db);
	return rows[0]?.count ?? 0;
}

function isTruncated(db: Database, droppedAt: number | null): boolean {
	return droppedAt !== null && droppedAt > db.now - REMEMBERED_MS;
}
