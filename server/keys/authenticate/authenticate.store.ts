import { type RawBuilder, sql } from "kysely";

import type { RetirementState } from "../../../shared/wire.ts";
import type { Database } from "../../storage/database.ts";
import type { LookUp } from "../../storage/look-up.ts";
import { digestPrefix } from "./digest.ts";
import { joinRevokedMaker } from "./revoked-maker.store.ts";

/** Everything an authenticated request needs. */
export interface KnownKey {
	id: string;
	label: string;
	workspaceId: string;
	workspaceName: string;
	sealed: boolean;
	revokedAt: number | null;
	revokedReason: string | null;
	/** When a game server last used the key, in milliseconds, as of the last flush. */
	lastServerAt: number | null;
	/** Of the keys that it replaces: `asking` if one asks, `waiting` if one waits, else `done`. Null: there are none. */
	rotation: RetirementState | null;
}

export interface FoundKey {
	key: KnownKey;
	/** The epoch of the snapshot the key was read from, in hex. */
	epoch: string;
}

interface Row extends Omit<KnownKey, "sealed"> {
	digest: string;
	sealed: number | boolean;
	epoch: string;
}

/** Finds keys, active or revoked, by their SHA-256 in hex. */
export const keyLookUp: LookUp<Row, FoundKey> = {
	select: (fragments, prefixes) => sql`
		SELECT ${fragments.hex(sql.ref("k.digest"))} AS digest, k.id, k.label, k.workspace_id AS "workspaceId",
			w.name AS "workspaceName", k.sealed_at IS NOT NULL AS sealed,
			coalesce(k.revoked_at, m.at, w.deleted_at) AS "revokedAt",
			CASE
				WHEN k.revoked_at IS NOT NULL THEN k.revoked_reason
				WHEN m.at IS NOT NULL THEN 'maker_left'
				WHEN w.deleted_at IS NOT NULL THEN 'workspace_deleted'
			END AS "revokedReason",
			k.last_server_at AS "lastServerAt",
			CASE WHEN ${replacesKey("asking")} THEN 'asking' WHEN ${replacesKey("waiting")} THEN 'waiting'
				WHEN ${replacesKey("done")} THEN 'done' END AS rotation,
			(SELECT ${fragments.hex(sql.ref("value"))} FROM authentication_epoch) AS epoch
		FROM api_key AS k JOIN workspace AS w ON w.id = k.workspace_id ${joinRevokedMaker}
		WHERE ${fragments.among(sql.ref("k.digest_prefix"), prefixes)}`,
	valueOf: digestPrefix,
	keyOf: ({ digest }) => digest,
	found: ({ digest: _, epoch, sealed, ...key }) => ({ key: { ...key, sealed: Boolean(sealed) }, epoch }),
};

/** Each is one look at an index: a key may replace very many. */
function replacesKey(state: RetirementState): RawBuilder<boolean> {
	return sql`EXISTS (SELECT 1 FROM retirement WHERE replaced_by = k.id AND state = ${sql.lit(state)})`;
}

/**
 * The id of the active key with this SHA-256. Keys revoked with their creator or their workspace are not active, nor are keys
 * that were not used in time.
 */
export async function findActiveKeyId(db: Database, { digest }: { digest: string }): Promise<string | undefined> {
	const { rows } = await sql<{ id: string }>`
		SELECT k.id FROM api_key AS k
		JOIN workspace AS w ON w.id = k.workspace_id AND w.deleted_at IS NULL ${joinRevokedMaker}
		WHERE k.digest_prefix = ${digestPrefix(digest)} AND k.digest = ${Buffer.from(digest, "hex")}
			AND k.revoked_at IS NULL AND m.at IS NULL AND (k.sealed_at IS NOT NULL OR k.confirm_by > ${db.now})`.execute(db);
	return rows[0]?.id;
}
