import { sql } from "kysely";

import { SERVER_LIVE_SECONDS, SERVERS_MAX_KEPT } from "../../../shared/limits.ts";
import type { Database } from "../../storage/database.ts";
import { merged, type ServerUse } from "./server-use.ts";
import { latestTime } from "./usage.store.ts";

/** Seen over so long, a server is no id that was made up for a single request. */
const ESTABLISHED_MS = 45_000;
/** More than fit in one flush. */
const ALL = 1_000_000;
const KEPT_MS = 14 * 24 * 3_600_000;
/** Small steps, since other writers wait for each. */
const STEP_ROWS = 500;
const STEP_KEYS = 50;

/**
 * Drops servers of these uses' keys above the limit, and notes that with the key: those seen longest ago, but live ones
 * that were seen again only at last, so that made-up ids do not push out what is there.
 */
export async function trimServers(db: Database, { uses }: { uses: readonly ServerUse[] }): Promise<void> {
	const keyIds = [...new Set(uses.map(({ keyId }) => keyId))];
	const full = await db
		.selectFrom("key_server")
		.select("key_id as keyId")
		.where("key_id", "in", db.fragments.list(keyIds))
		.groupBy("key_id")
		.having(({ fn }) => fn.countAll(), ">", SERVERS_MAX_KEPT)
		.execute();
	for (const { keyId } of full) await trim(db, keyId);
	const dropped = uses.filter(({ serversDroppedAt }) => serversDroppedAt !== null);
	const times = merged(dropped, () => "").map(({ keyId, serversDroppedAt }) => ({ keyId, serversDroppedAt }));
	await noteDropped(db, [...times, ...full.map(({ keyId }) => ({ keyId, serversDroppedAt: db.now }))]);
}

async function trim(db: Database, keyId: string): Promise<void> {
	const isSafe = sql`closed_at IS NULL AND last_seen_at - first_seen_at >= ${ESTABLISHED_MS}
		AND last_seen_at >= ${db.now - SERVER_LIVE_SECONDS * 1000}`;
	await sql`
		DELETE FROM key_server WHERE key_id = ${keyId} AND job_id IN (
			SELECT job_id FROM key_server WHERE key_id = ${keyId}
			ORDER BY CASE WHEN ${isSafe} THEN 0 ELSE 1 END, CASE WHEN ${isSafe} THEN first_seen_at ELSE -last_seen_at END
			LIMIT ${ALL} OFFSET ${SERVERS_MAX_KEPT}
		)`.execute(db);
}

async function noteDropped(
	db: Database,
	dropped: readonly { keyId: string; serversDroppedAt: number | null }[],
): Promise<void> {
	const times = new Map(dropped.map((each) => [each.keyId, each]));
	if (times.size === 0) return;
	const used = db.fragments.rows([...times.values()], { keyId: "text", serversDroppedAt: "integer" });
	await sql`
		UPDATE api_key SET servers_dropped_at = ${latestTime(db, "servers_dropped_at", "serversDroppedAt")}
		FROM ${used} AS used WHERE api_key.id = used."keyId"`.execute(db);
}

/**
 * Forgets servers and places of a batch of keys that were not seen for 14 days: no index by time, in which every use would
 * be written again.
 * @returns the id to continue after, or undefined at the end
 */
export async function sweepServers(db: Database, { after }: { after: string }): Promise<string | undefined> {
	const [servers, places] = await Promise.all([keysIn(db, "key_server", after), keysIn(db, "key_place", after)]);
	const keyIds = [...new Set([...servers, ...places])].sort().slice(0, STEP_KEYS);
	const before = db.now - KEPT_MS;
	const ids = db.fragments.list(keyIds);
	const oldServers = await sql`
		DELETE FROM key_server WHERE (key_id, job_id) IN (
			SELECT key_id, job_id FROM key_server WHERE key_id IN ${ids} AND last_seen_at < ${before} LIMIT ${STEP_ROWS}
		)`.execute(db);
	const oldPlaces = await sql`
		DELETE FROM key_place WHERE (key_id, place_id) IN (
			SELECT key_id, place_id FROM key_place WHERE key_id IN ${ids} AND last_seen_at < ${before} LIMIT ${STEP_ROWS}
		)`.execute(db);
	const isMore = [oldServers, oldPlaces].some(({ numAffectedRows = 0n }) => numAffectedRows === BigInt(STEP_ROWS));
	return isMore ? after : keyIds.at(-1);
}

async function keysIn(db: Database, table: "key_server" | "key_place", after: string): Promise<string[]> {
	const keys = await db
		.selectFrom(table)
		.select("key_id")
		.distinct()
		.where("key_id", ">", after)
		.orderBy("key_id")
		.limit(STEP_KEYS)
		.execute();
	return keys.map(({ key_id }) => key_id);
}
