import { sql } from "kysely";

import type { Database } from "../../storage/database.ts";
import { trimServers } from "./kept-servers.store.ts";
import { addPlaces } from "./server-places.store.ts";
import { merged, type ServerUse } from "./server-use.ts";
import { latestTime, type UsageBatch } from "./usage.store.ts";
import { claimBatch } from "./usage-batch.store.ts";

/** Writes game servers, their goodbyes and their places. Those of deleted keys are dropped. */
export async function addServerUses(db: Database, { entries, batch }: UsageBatch<ServerUse>): Promise<void> {
	if (!(await claimBatch(db, { id: batch }))) return;
	await upsertServers(db, merged(entries.filter(({ jobId, lastSeenAt }) => jobId !== null && lastSeenAt !== null)));
	await closeServers(db, merged(entries.filter(({ goodbyeAt }) => goodbyeAt !== null)));
	await addPlaces(db, { uses: entries });
	await trimServers(db, { uses: entries });
}

async function upsertServers(db: Database, servers: readonly ServerUse[]): Promise<void> {
	if (servers.length === 0) return;
	const used = db.fragments.rows(
		servers.map((use) => ({ ...use })),
		{
			keyId: "text",
			jobId: "text",
			placeId: "integer",
			placeVersion: "integer",
			firstSeenAt: "integer",
			lastSeenAt: "integer",
			requests: "integer",
		},
	);
	const isLater = sql`excluded.last_seen_at >= key_server.last_seen_at`;
	await sql`
		INSERT INTO key_server (key_id, job_id, place_id, place_version, first_seen_at, last_seen_at, requests)
		SELECT used."keyId", used."jobId", used."placeId", used."placeVersion", used."firstSeenAt", used."lastSeenAt",
			used.requests
		FROM ${used} AS used JOIN api_key ON api_key.id = used."keyId" WHERE true
		ON CONFLICT (key_id, job_id) DO UPDATE SET
			place_id = CASE WHEN ${isLater} THEN excluded.place_id ELSE key_server.place_id END,
			place_version = CASE WHEN ${isLater} THEN excluded.place_version ELSE key_server.place_version END,
			first_seen_at = CASE WHEN excluded.first_seen_at < key_server.first_seen_at
				THEN excluded.first_seen_at ELSE key_server.first_seen_at END,
			last_seen_at = ${db.fragments.greatest(sql`key_server.last_seen_at`, sql`excluded.last_seen_at`)},
			requests = key_server.requests + excluded.requests,
			closed_at = CASE WHEN excluded.last_seen_at > key_server.closed_at THEN NULL ELSE key_server.closed_at END`.execute(
		db,
	);
}

/** A goodbye hides the server until it is seen again. */
async function closeServers(db: Database, goodbyes: readonly ServerUse[]): Promise<void> {
	if (goodbyes.length === 0) return;
	const closed = db.fragments.rows(
		goodbyes.map(({ keyId, jobId, goodbyeAt }) => ({ keyId, jobId, goodbyeAt })),
		{ keyId: "text", jobId: "text", goodbyeAt: "integer" },
	);
	await sql`
		UPDATE key_server SET closed_at = closed."goodbyeAt" FROM ${closed} AS closed
		WHERE key_server.key_id = closed."keyId" AND key_server.job_id = closed."jobId"
			AND key_server.last_seen_at <= closed."goodbyeAt"`.execute(db);
	const keys = db.fragments.rows(
		merged(goodbyes, () => "").map(({ keyId, goodbyeAt }) => ({ keyId, goodbyeAt })),
		{ keyId: "text", goodbyeAt: "integer" },
	);
	await sql`
		UPDATE api_key SET last_goodbye_at = ${latestTime(db, "last_goodbye_at", "goodbyeAt")}
		FROM ${keys} AS used WHERE api_key.id = used."keyId"`.execute(db);
}
