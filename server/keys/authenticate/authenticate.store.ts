import { sql } from "kysely";

import type { Database } from "../../storage/database.ts";
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
}

export interface FoundKey {
	key: KnownKey;
	/** The epoch of the snapshot the key was read from, in hex. */
	epoch: string;
}

interface Row extends Omit<KnownKey, "sealed"> {
	digest: Uint8Array;
	sealed: number | boolean;
	epoch: Uint8Array;
}

/** Looks up keys, active or revoked, by their SHA-256 in hex. */
export async function findKeysByDigest(db: Database, digests: readonly string[]): Promise<Map<string, FoundKey>> {
	const { rows } = await sql<Row>`
		SELECT k.digest, k.id, k.label, k.workspace_id AS "workspaceId", w.name AS "workspaceName",
			k.sealed_at IS NOT NULL AS sealed, coalesce(k.revoked_at, m.at, w.deleted_at) AS "revokedAt",
			CASE
				WHEN k.revoked_at IS NOT NULL THEN k.revoked_reason
				WHEN m.at IS NOT NULL THEN 'maker_left'
				WHEN w.deleted_at IS NOT NULL THEN 'workspace_deleted'
			END AS "revokedReason",
			(SELECT value FROM authentication_epoch) AS epoch
		FROM api_key AS k JOIN workspace AS w ON w.id = k.workspace_id ${joinRevokedMaker}
		WHERE ${db.fragments.among(sql.ref("k.digest_prefix"), digests.map(digestPrefix))}`.execute(db);
	return new Map(
		rows.map(({ digest, epoch, sealed, ...key }) => [
			Buffer.from(digest).toString("hex"),
			{ key: { ...key, sealed: Boolean(sealed) }, epoch: Buffer.from(epoch).toString("hex") },
		]),
	);
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
