import { sql } from "kysely";

import type { KeyOrigin, KeyPlace } from "../../../shared/wire.ts";
import type { Actor } from "../../activity/actor.ts";
import { recordActivity } from "../../activity/record.store.ts";
import { foldText } from "../../folded-text.ts";
import type { Database } from "../../storage/database.ts";
import { digestPrefix } from "../authenticate/digest.ts";
import type { RevocationReason } from "../authenticate/refusal.ts";
import { revokedWithMaker } from "../authenticate/revoked-maker.store.ts";

export interface NewKey {
	actor: Actor;
	id: string;
	/** SHA-256 of the key in hex. Stores never see the key itself. */
	digest: string;
	hint: string;
	workspaceId: string;
	label: string;
	origin: KeyOrigin;
	place: KeyPlace | null;
	/** The id of the key it replaces in the same workspace. */
	replaces: string | null;
	/** In milliseconds; null for keys that are sealed when created. */
	confirmBy: number | null;
}

export async function insertKey(db: Database, key: NewKey): Promise<void> {
	const { actor, id, digest, workspaceId, label, hint, origin, place, replaces, confirmBy } = key;
	await db
		.insertInto("api_key")
		.values({
			digest_prefix: digestPrefix(digest),
			digest: Buffer.from(digest, "hex"),
			id,
			workspace_id: workspaceId,
			...storedLabel(label),
			hint,
			origin,
			place_id: place?.placeId ?? null,
			universe_id: place?.universeId ?? null,
			place_name: place?.name ?? null,
			place_name_folded: typeof place?.name === "string" ? foldText(place.name) : null,
			created_at: db.now,
			created_by: actor.accountId,
			sealed_at: confirmBy === null ? db.now : null,
			confirm_by: confirmBy,
			replaces,
		})
		.execute();
	const replaced = replaces === null ? undefined : await describeKey(db, { keyId: replaces });
	await recordActivity(db, {
		actor,
		workspaceId,
		kind: origin === "studio" ? "key.issued" : "key.created",
		keyId: id,
		detail: { label, ...(place?.name && { place: place.name }), ...(replaced !== undefined && { replaces: replaced }) },
	});
}

/** The columns that hold a label. */
export function storedLabel(label: string) {
	return { label, label_folded: foldText(label) };
}

/** The current label and hint: "Production …a41c". */
export async function describeKey(db: Database, { keyId }: { keyId: string }): Promise<string> {
	const key = await db.selectFrom("api_key").select(["label", "hint"]).where("id", "=", keyId).executeTakeFirst();
	return key === undefined ? keyId : `${key.label} …${key.hint}`;
}

export interface Revocation {
	actor: Actor;
	keyId: string;
	reason: RevocationReason;
}

/** Revokes an active key of any workspace; triggers end its pairing and renew the epoch. False if there was nothing to revoke. */
export async function revokeKey(db: Database, { actor, keyId, reason }: Revocation): Promise<boolean> {
	const revoked = await db
		.updateTable("api_key")
		.set({ revoked_at: db.now, revoked_by: actor.accountId, revoked_reason: reason })
		.where("id", "=", keyId)
		.where("revoked_at", "is", null)
		.where(sql<boolean>`NOT ${revokedWithMaker}`)
		.returning("workspace_id")
		.executeTakeFirst();
	if (revoked === undefined) return false;
	const { workspace_id: workspaceId } = revoked;
	await recordActivity(db, { actor, workspaceId, kind: "key.revoked", keyId, detail: { reason } });
	return true;
}
