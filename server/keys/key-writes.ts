import type { KeyOrigin, KeyPlace } from "../../shared/wire.ts";
import { type Actor, recordActivity } from "../activity/record.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Transaction } from "../storage/storage.ts";
import { ENDED_WITH_MAKER, JOIN_END_OF_MAKER } from "./revoke-by-maker.ts";
import { digestOf, digestPrefix, hintOf } from "./secret.ts";

/** Why a key was revoked. */
export type RevocationReason =
	"deleted" | "replaced" | "holder" | "unconfirmed" | "denied" | "maker_left" | "workspace_deleted";

export interface NewKey {
	id: string;
	secret: string;
	workspaceId: string;
	label: string;
	origin: KeyOrigin;
	place: KeyPlace | null;
	/** Of the same workspace: the key in whose place it comes. */
	replaces: string | null;
	/** Milliseconds; undefined for a key that is sealed from the start. */
	confirmBy: number | undefined;
}

const INSERT = `
INSERT INTO api_key (
	digest_prefix, digest, id, workspace_id, label, hint, origin, place_id, universe_id, place_name, created_at,
	created_by, sealed_at, confirm_by, replaces
) VALUES (
	:prefix, :digest, :id, :workspaceId, :label, :hint, :origin, :placeId, :universeId, :placeName, :now,
	:createdBy, :sealedAt, :confirmBy, :replaces
)`;

/** Stores a key's digest. The key itself goes no further than this function's arguments. */
export function insertKey(transaction: Transaction, actor: Actor, key: NewKey): void {
	const { db, now } = transaction;
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
		createdBy: actor.accountId,
		replaces: key.replaces,
		sealedAt: key.confirmBy === undefined ? now : null,
		confirmBy: key.confirmBy ?? null,
	});
	recordActivity(transaction, actor, {
		workspaceId: key.workspaceId,
		kind: key.origin === "studio" ? "key.issued" : "key.created",
		keyId: key.id,
		detail: {
			label: key.label,
			...(key.place?.name && { place: key.place.name }),
			...(key.replaces !== null && { replaces: nameOf(db, key.replaces) }),
		},
	});
}

/** "Production …a41c", as it is called now. */
function nameOf(db: SqliteDatabase, keyId: string): string {
	const name = db
		.prepare<[string], string>("SELECT label || ' …' || hint FROM api_key WHERE id = ?")
		.pluck()
		.get(keyId);
	return name ?? keyId;
}

/** False where the workspace has no such key. */
export function renameKey(
	transaction: Transaction,
	actor: Actor,
	{ workspaceId, keyId, label }: { workspaceId: string; keyId: string; label: string },
): boolean {
	const { db } = transaction;
	const before = db
		.prepare<[string, string], string>("SELECT label FROM api_key WHERE workspace_id = ? AND id = ?")
		.pluck()
		.get(workspaceId, keyId);
	if (before === undefined || before === label) return before !== undefined;
	db.prepare("UPDATE api_key SET label = ? WHERE id = ?").run(label, keyId);
	recordActivity(transaction, actor, { workspaceId, kind: "key.renamed", keyId, detail: { from: before, to: label } });
	return true;
}

/** Revokes an active key, whatever its workspace: triggers end its pairing and raise the epoch. False where there is none. */
export function revokeKey(transaction: Transaction, actor: Actor, keyId: string, reason: RevocationReason): boolean {
	const { db, now } = transaction;
	const workspaceId = db
		.prepare<object, string>(
			`UPDATE api_key SET revoked_at = :now, revoked_by = :by, revoked_reason = :reason
			WHERE id = :keyId AND revoked_at IS NULL AND NOT ${ENDED_WITH_MAKER} RETURNING workspace_id`,
		)
		.pluck()
		.get({ now, by: actor.accountId, reason, keyId });
	if (workspaceId === undefined) return false;
	recordActivity(transaction, actor, { workspaceId, kind: "key.revoked", keyId, detail: { reason } });
	return true;
}

/** What to say of a key that a person deletes: it was replaced, where a key that works was made in its place. */
export function reasonToDelete(db: SqliteDatabase, keyId: string): "deleted" | "replaced" {
	const successor = db
		.prepare("SELECT 1 FROM api_key WHERE replaces = ? AND revoked_at IS NULL AND sealed_at IS NOT NULL LIMIT 1")
		.get(keyId);
	return successor === undefined ? "deleted" : "replaced";
}

/** The active key with this digest, by its id; none of a deleted workspace is active, or of a maker who took theirs along. */
export function activeKeyId(db: SqliteDatabase, secret: string): string | undefined {
	const digest = digestOf(secret);
	return db
		.prepare<[bigint, Buffer], string>(
			`SELECT k.id FROM api_key k JOIN workspace w ON w.id = k.workspace_id AND w.deleted_at IS NULL ${JOIN_END_OF_MAKER}
			WHERE k.digest_prefix = ? AND k.digest = ? AND k.revoked_at IS NULL AND m.at IS NULL`,
		)
		.pluck()
		.get(digestPrefix(digest), Buffer.from(digest, "hex"));
}
