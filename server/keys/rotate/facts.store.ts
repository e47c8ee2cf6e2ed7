import { sql } from "kysely";

import { SERVER_LIVE_SECONDS } from "../../../shared/limits.ts";
import type { Database } from "../../storage/database.ts";
import { joinRevokedMaker } from "../authenticate/revoked-maker.store.ts";
import { type LiveServers, type OldPlace, REMEMBERED_MS, type RotationFacts } from "./judge.ts";
import { findLineage } from "./lineage.store.ts";
import { countSilence, type Silence } from "./silence.store.ts";

export type CountedFacts = RotationFacts & { silence: Silence };

export interface FactsQuery {
	keyId: string;
	replacedBy: string | null;
	/** Counted and stored before; undefined: of the last hour. */
	counted?: Silence | undefined;
}

/** The facts about a key that is being retired, with the silence that was counted so far. */
export async function readRetirementFacts(db: Database, { keyId }: { keyId: string }): Promise<CountedFacts> {
	const { replacedBy, ...counted } = await db
		.selectFrom("retirement")
		.select(["replaced_by as replacedBy", "silent", "counted_to as countedTo", "last_used_at as lastUsedAt"])
		.where("key_id", "=", keyId)
		.executeTakeFirstOrThrow();
	return readRotationFacts(db, { keyId, replacedBy, counted });
}

/** The facts about a key that `replacedBy` replaces, whether or not it is being retired. */
export async function readFacts(
	db: Database,
	{ keyId, replacedBy, isRetiring }: { keyId: string; replacedBy: string; isRetiring: boolean },
): Promise<CountedFacts> {
	return isRetiring ? readRetirementFacts(db, { keyId }) : readRotationFacts(db, { keyId, replacedBy });
}

/** Everything the rule asks about a key that is being replaced, with its silence counted up to now. */
export async function readRotationFacts(
	db: Database,
	{ keyId, replacedBy, counted }: FactsQuery,
): Promise<CountedFacts> {
	const key = await db
		.selectFrom("api_key")
		.select([
			"last_used_at as lastUsedAt",
			"last_without_server_at as lastWithoutServerAt",
			"places_dropped_at as placesDroppedAt",
		])
		.where("id", "=", keyId)
		.executeTakeFirstOrThrow();
	const line = await findLineage(db, { keyId, replacedBy });
	const active = await findActive(db, line);
	const silence = await countSilence(db, { lastUsedAt: key.lastUsedAt, line, counted });
	return {
		now: db.now,
		...key,
		places: await findPlaces(db, keyId),
		live: await findLive(db, keyId),
		newVersions: await findNewVersions(db, active),
		isReplaced: active.length > 0,
		silent: silence.silent,
		silence,
	};
}

async function findActive(db: Database, ids: readonly string[]): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		SELECT k.id FROM api_key AS k ${joinRevokedMaker}
		WHERE k.id IN ${db.fragments.list(ids)} AND k.revoked_at IS NULL AND m.at IS NULL`.execute(db);
	return rows.map(({ id }) => id);
}

async function findPlaces(db: Database, keyId: string): Promise<OldPlace[]> {
	return db
		.selectFrom("key_place")
		.select([
			"place_id as placeId",
			"place_version as version",
			"last_seen_at as lastSeenAt",
			"without_heartbeat_at as withoutHeartbeatAt",
		])
		.where("key_id", "=", keyId)
		.where("last_seen_at", ">", db.now - REMEMBERED_MS)
		.orderBy("place_id")
		.execute();
}

async function findLive(db: Database, keyId: string): Promise<LiveServers[]> {
	return db
		.selectFrom("key_server")
		.select(({ fn }) => [
			"place_id as placeId",
			"place_version as version",
			fn.countAll<number>().as("servers"),
			fn.max<number>("last_seen_at").as("lastSeenAt"),
		])
		.where("key_id", "=", keyId)
		.where("closed_at", "is", null)
		.where("last_seen_at", ">", db.now - SERVER_LIVE_SECONDS * 1000)
		.groupBy(["place_id", "place_version"])
		.orderBy("place_id")
		.orderBy("place_version")
		.execute();
}

async function findNewVersions(db: Database, ids: readonly string[]): Promise<Map<number, number>> {
	const versions = await db
		.selectFrom("key_place")
		.select(({ fn }) => ["place_id as placeId", fn.max<number>("place_version").as("version")])
		.where("key_id", "in", db.fragments.list(ids))
		.groupBy("place_id")
		.execute();
	return new Map(versions.map(({ placeId, version }) => [placeId, version]));
}
