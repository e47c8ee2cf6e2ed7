import type { KeyOrigin, KeyPlace } from "../../shared/wire.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Transaction } from "../storage/storage.ts";
import { digestOf, digestPrefix, hintOf } from "./secret.ts";

/** Why a key was revoked. */
export type RevocationReason = "deleted" | "replaced" | "holder" | "unconfirmed" | "denied";

export interface NewKey {
	id: string;
	secret: string;
	workspaceId: string;
	label: string;
	origin: KeyOrigin;
	place: KeyPlace | null;
	createdBy: string;
	/** Milliseconds; undefined for a key that is sealed from the start. */
	confirmBy: number | undefined;
}

const INSERT = `
INSERT INTO api_key (
	digest_prefix, digest, id, workspace_id, label, hint, origin, place_id, universe_id, place_name, created_at,
	created_by, sealed_at, confirm_by
) VALUES (
	:prefix, :digest, :id, :workspaceId, :label, :hint, :origin, :placeId, :universeId, :placeName, :now,
	:createdBy, :sealedAt, :confirmBy
)`;

/** Stores a key's digest. The key itself goes no further than this function's arguments. */
export function insertKey({ db, now }: Transaction, key: NewKey): void {
	const digest = digestOf(key.secret);
	db.prepare(INSERT).run({
		prefix: digestPrefix(digest),
		digest: Buffer.from(digest, "hex"),
		id: key.id,
		workspaceId: key.workspaceId,
		label: key.label,
		hint: hintOf(key.secret),
		origin: key.origin,
		placeId: key.place?.placeId ?? null,
		universeId: key.place?.universeId ?? null,
		placeName: key.place?.name ?? null,
		now,
		createdBy: key.createdBy,
		sealedAt: key.confirmBy === undefined ? now : null,
		confirmBy: key.confirmBy ?? null,
	});
}

export function renameKey({ db }: Transaction, workspaceId: string, keyId: string, label: string): void {
	db.prepare("UPDATE api_key SET label = ? WHERE workspace_id = ? AND id = ?").run(label, workspaceId, keyId);
}

/** Revokes an active key, whatever its workspace: triggers end its pairing and raise the epoch. False where there is none. */
export function revokeKey(
	{ db, now }: Transaction,
	keyId: string,
	by: string | null,
	reason: RevocationReason,
): boolean {
	const { changes } = db
		.prepare(
			`UPDATE api_key SET revoked_at = :now, revoked_by = :by, revoked_reason = :reason
			WHERE id = :keyId AND revoked_at IS NULL`,
		)
		.run({ now, by, reason, keyId });
	return changes === 1;
}

/** The active key with this digest, by its id. */
export function activeKeyId(db: SqliteDatabase, secret: string): string | undefined {
	const digest = digestOf(secret);
	return db
		.prepare<[bigint, Buffer], string>(
			"SELECT id FROM api_key WHERE digest_prefix = ? AND digest = ? AND revoked_at IS NULL",
		)
		.pluck()
		.get(digestPrefix(digest), Buffer.from(digest, "hex"));
}
