import { type Actor, recordActivity } from "../activity/record.ts";
import { type RevocationReason, revokeKey } from "../keys/key-writes.ts";
import type { Transaction } from "../storage/storage.ts";
import type { PairingRow } from "./pairing-row.ts";
import { step } from "./transition.ts";

/**
 * Ends the pairings of a workspace that are approved and not sealed, of one approver or of all: no key comes of them any
 * more, and one that was delivered but never used dies.
 */
export function endOpenPairings(
	transaction: Transaction,
	actor: Actor,
	which: { workspaceId: string; approvedBy?: string; reason: RevocationReason },
): void {
	const { db, now } = transaction;
	const { workspaceId, approvedBy = null, reason } = which;
	const open = db.prepare<object, PairingRow>(`
		SELECT * FROM pairing INDEXED BY pairing_by_workspace
		WHERE ended_at IS NULL AND status IN ('approved', 'issued') AND workspace_id = :workspaceId
			AND (:approvedBy IS NULL OR approved_by = :approvedBy)`);
	for (const row of open.all({ workspaceId, approvedBy })) {
		// Revoking ends the pairing, too.
		if (row.key_id !== null && revokeKey(transaction, actor, row.key_id, reason)) continue;
		step(transaction, "status = 'denied', salt = NULL, ended_at = :now WHERE id = :id AND status = :status", {
			id: row.id,
			status: row.status,
			now,
		});
		const detail = { ...(row.label && { label: row.label }), ...(row.place_name && { place: row.place_name }) };
		recordActivity(transaction, actor, { workspaceId, kind: "pairing.denied", detail });
	}
}
