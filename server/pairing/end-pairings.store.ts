import { sql } from "kysely";

import type { Actor } from "../activity/actor.ts";
import { recordActivity } from "../activity/record.store.ts";
import type { RevocationReason } from "../keys/authenticate/refusal.ts";
import { revokeKey } from "../keys/manage/key-writes.store.ts";
import type { Database } from "../storage/database.ts";
import type { PairingRow } from "./pairing-row.ts";
import { endPairing } from "./transition.store.ts";

export interface UnsealedPairings {
	workspaceId: string;
	/** Only those approved by this account. */
	approvedBy?: string;
}

type UnsealedPairing = Pick<PairingRow, "id" | "status" | "label" | "place_name" | "key_id">;

/**
 * Ends a workspace's pairings that are approved but not sealed, of one approver or all of them. They issue no key any more,
 * and keys already issued are revoked for `reason`.
 */
export async function endUnsealedPairings(
	db: Database,
	{ actor, reason, ...which }: UnsealedPairings & { actor: Actor; reason: RevocationReason },
): Promise<void> {
	const { workspaceId } = which;
	for (const pairing of await unsealedPairings(db, which)) {
		const { label, place_name: place, key_id: keyId } = pairing;
		// Revoking the key also ends its pairing.
		if (keyId !== null && (await revokeKey(db, { actor, keyId, reason }))) continue;
		await endPairing(db, pairing, "denied");
		const detail = { ...(label && { label }), ...(place && { place }) };
		await recordActivity(db, { actor, workspaceId, kind: "pairing.denied", detail });
	}
}

async function unsealedPairings(
	db: Database,
	{ workspaceId, approvedBy }: UnsealedPairings,
): Promise<UnsealedPairing[]> {
	const { rows } = await sql<UnsealedPairing>`
		SELECT id, status, label, place_name, key_id FROM pairing ${db.fragments.index("pairing_by_workspace")}
		WHERE ended_at IS NULL AND status IN ('approved', 'issued') AND workspace_id = ${workspaceId}
			${approvedBy === undefined ? sql`` : sql`AND approved_by = ${approvedBy}`}`.execute(db);
	return rows;
}
