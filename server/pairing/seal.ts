import { NOBODY, recordActivity } from "../activity/record.ts";
import { revokeKey } from "../keys/key-writes.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { mayManageKeys, roleOf } from "../workspaces/membership.ts";
import { type PairingRow, previousKey } from "./pairing-row.ts";
import { step } from "./transition.ts";

interface UnsealedKey {
	workspace_id: string;
	confirm_by: number;
}

/**
 * A key's first use: in one transaction the key is sealed, its pairing closed, its salt deleted, and, where that was asked
 * for, the key it replaces revoked. A key that comes too late is revoked instead. Already sealed or revoked: nothing.
 */
export function sealPairing(storage: Storage, keyId: string): Promise<void> {
	return storage.write((transaction) => {
		const { db, now } = transaction;
		const key = db
			.prepare<[string], UnsealedKey>(
				"SELECT workspace_id, confirm_by FROM api_key WHERE id = ? AND sealed_at IS NULL AND revoked_at IS NULL",
			)
			.get(keyId);
		const pairing = db
			.prepare<[string], PairingRow>("SELECT * FROM pairing WHERE key_id = ? AND status = 'issued'")
			.get(keyId);
		if (key === undefined) return;
		if (pairing === undefined || key.confirm_by <= now) {
			expire(transaction, keyId, pairing);
			return;
		}
		db.prepare("UPDATE api_key SET sealed_at = ? WHERE id = ?").run(now, keyId);
		step(transaction, "status = 'sealed', salt = NULL, ended_at = :now WHERE id = :id AND status = 'issued'", {
			id: pairing.id,
			now,
		});
		const detail = pairing.place_name === null ? {} : { place: pairing.place_name };
		recordActivity(transaction, NOBODY, { workspaceId: key.workspace_id, kind: "key.installed", keyId, detail });
		if (pairing.previous_key_fate === "revoke") revokePrevious(transaction, pairing, keyId);
	});
}

/** Only a key of the approved workspace, and only while its approver may still manage keys there. */
function revokePrevious(transaction: Transaction, pairing: PairingRow, newKeyId: string): void {
	const { approved_by: approver, workspace_id: workspaceId } = pairing;
	if (approver === null || workspaceId === null || !mayManageKeys(roleOf(transaction.db, approver, workspaceId)))
		return;
	const previous = previousKey(transaction.db, pairing, approver);
	if (previous?.workspace_id !== workspaceId || previous.id === newKeyId) return;
	revokeKey(transaction, { accountId: approver, address: null }, previous.id, "replaced");
}

/** The pairing ends before its key does, so that it says "expired" and not "denied". */
export function expire(
	transaction: Transaction,
	keyId: string | null,
	pairing: { id: string; status: string } | undefined,
): void {
	if (pairing !== undefined) {
		step(transaction, "status = 'expired', salt = NULL, ended_at = :now WHERE id = :id AND status = :status", {
			id: pairing.id,
			status: pairing.status,
			now: transaction.now,
		});
	}
	if (keyId !== null) revokeKey(transaction, NOBODY, keyId, "unconfirmed");
}
