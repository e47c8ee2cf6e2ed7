import { sql } from "kysely";

import { PLACES_MAX_KEPT } from "../../../shared/limits.ts";
import type { Database } from "../../storage/database.ts";
import { merged, type ServerUse } from "./server-use.ts";
import { latestTime } from "./usage.store.ts";

/** Writes the places of these uses, apart from their servers. Those above the limit are noted with their key. */
export async function addPlaces(db: Database, { uses }: { uses: readonly ServerUse[] }): Promise<void> {
	const places = merged(
		uses.flatMap((use) => (use.placeId === null ? [] : [{ ...use, jobId: null }])),
		({ placeId }) => String(placeId),
	);
	const { kept, dropped } = await findRoom(db, places);
	await upsertPlaces(db, kept);
	const droppedBefore = uses.filter(({ placesDroppedAt }) => placesDroppedAt !== null);
	await noteDropped(db, [...droppedBefore, ...dropped]);
}

async function findRoom(db: Database, places: readonly ServerUse[]): Promise<Record<"kept" | "dropped", ServerUse[]>> {
	const keyIds = [...new Set(places.map(({ keyId }) => keyId))];
	const stored = await db
		.selectFrom("key_place")
		.select(["key_id as keyId", "place_id as placeId"])
		.where("key_id", "in", db.fragments.list(keyIds))
		.execute();
	const known = new Map<string, Set<number | null>>(keyIds.map((keyId) => [keyId, new Set()]));
	for (const { keyId, placeId } of stored) known.get(keyId)?.add(placeId);
	const [kept, dropped]: [ServerUse[], ServerUse[]] = [[], []];
	for (const place of places) {
		const own = known.get(place.keyId);
		const hasRoom = own !== undefined && (own.size < PLACES_MAX_KEPT || own.has(place.placeId));
		if (hasRoom) own.add(place.placeId);
		if (hasRoom) kept.push(place);
		else dropped.push({ ...place, placesDroppedAt: place.lastSeenAt });
	}
	return { kept, dropped };
}

async function upsertPlaces(db: Database, places: readonly ServerUse[]): Promise<void> {
	if (places.length === 0) return;
	const used = db.fragments.rows(
		places.map((use) => ({ ...use })),
		{
			keyId: "text",
			placeId: "integer",
			placeVersion: "integer",
			lastSeenAt: "integer",
			withoutHeartbeatAt: "integer",
		},
	);
	const greater = (column: string) => {
		const [before, added] = [sql.ref(`key_place.${column}`), sql.ref(`excluded.${column}`)];
		return db.fragments.greatest(sql`coalesce(${before}, ${added})`, sql`coalesce(${added}, ${before})`);
	};
	await sql`
		INSERT INTO key_place (key_id, place_id, place_version, last_seen_at, without_heartbeat_at)
		SELECT used."keyId", used."placeId", used."placeVersion", used."lastSeenAt", used."withoutHeartbeatAt"
		FROM ${used} AS used JOIN api_key ON api_key.id = used."keyId" WHERE true
		ON CONFLICT (key_id, place_id) DO UPDATE SET
			place_version = ${greater("place_version")},
			last_seen_at = ${greater("last_seen_at")},
			without_heartbeat_at = ${greater("without_heartbeat_at")}`.execute(db);
}

async function noteDropped(db: Database, dropped: readonly ServerUse[]): Promise<void> {
	if (dropped.length === 0) return;
	const used = db.fragments.rows(
		merged(dropped, () => "").map(({ keyId, placesDroppedAt }) => ({ keyId, placesDroppedAt })),
		{ keyId: "text", placesDroppedAt: "integer" },
	);
	await sql`
		UPDATE api_key SET places_dropped_at = ${latestTime(db, "places_dropped_at", "placesDroppedAt")}
		FROM ${used} AS used WHERE api_key.id = used."keyId"`.execute(db);
}
