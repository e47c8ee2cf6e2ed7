import { newId } from "../ids.ts";
import { insertKey, revokeKey } from "../keys/key-writes.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { mayManageKeys, roleOf } from "../workspaces/membership.ts";
import { deriveKey, deviceCodeHash } from "./device-code.ts";
import { pairingByDeviceCode, type PairingRow, statusAt } from "./pairing-row.ts";
import { step } from "./transition.ts";

/** What a poll learns (RFC 8628 §3.5). */
export type Delivery =
	| { outcome: "authorization_pending"; pairingId: string }
	| { outcome: "access_denied" | "expired_token" | "invalid_grant" }
	| { outcome: "issued"; key: IssuedKey };

export interface IssuedKey {
	secret: string;
	id: string;
	label: string;
	workspace: { id: string; name: string };
	approvedBy: string;
	/** Milliseconds. */
	confirmBy: number;
}

/** Answers a poll. Every poll after the approval yields the same key, until its first use seals the pairing. */
export async function deliver(storage: Storage, deviceCode: string): Promise<Delivery> {
	const hash = deviceCodeHash(deviceCode);
	const row = pairingByDeviceCode(storage.db, hash);
	const settled = row && waiting(row, storage.now());
	if (settled) return settled;
	return storage.write((transaction) => {
		const current = pairingByDeviceCode(transaction.db, hash);
		if (current === undefined) return { outcome: "invalid_grant" };
		return waiting(current, transaction.now) ?? issue(transaction, current, deviceCode);
	});
}

/** The answer where there is nothing to write. */
function waiting(row: PairingRow, now: number): Delivery | undefined {
	const status = statusAt(row, now);
	if (status === "pending") return { outcome: "authorization_pending", pairingId: row.id };
	if (status === "denied") return { outcome: "access_denied" };
	if (status === "expired") return { outcome: "expired_token" };
	if (status === "sealed") return { outcome: "invalid_grant" };
	return undefined;
}

/** `approved → issued`, once; an `issued` pairing answers again. */
function issue(transaction: Transaction, row: PairingRow, deviceCode: string): Delivery {
	const { db, now } = transaction;
	const { salt, workspace_id: workspaceId, label, approved_by: approver } = row;
	const role = approver && workspaceId ? roleOf(db, approver, workspaceId) : undefined;
	if (salt === null || label === null || approver === null || workspaceId === null || !mayManageKeys(role)) {
		withdraw(transaction, row);
		return { outcome: "access_denied" };
	}
	const secret = deriveKey(salt, deviceCode);
	const id = row.key_id ?? newId("key");
	if (row.status === "approved") {
		const place = { placeId: row.place_id, universeId: row.universe_id, name: row.place_name };
		insertKey(transaction, {
			id,
			secret,
			workspaceId,
			label,
			origin: "studio",
			place,
			createdBy: approver,
			confirmBy: row.expires_at,
		});
		step(
			transaction,
			`status = 'issued', key_id = :keyId WHERE id = :id AND status = 'approved' AND expires_at > :now`,
			{
				id: row.id,
				keyId: id,
				now,
			},
		);
	}
	return {
		outcome: "issued",
		key: { secret, id, ...namesOf(transaction, id, workspaceId, approver), confirmBy: row.expires_at },
	};
}

/** The approver lost the right meanwhile: no key comes of it, and one already delivered but never used dies. */
function withdraw(transaction: Transaction, row: PairingRow): void {
	if (row.key_id !== null && row.status === "issued") revokeKey(transaction, row.key_id, null, "denied");
	else {
		step(transaction, `status = 'denied', salt = NULL, ended_at = :now WHERE id = :id AND status = 'approved'`, {
			id: row.id,
			now: transaction.now,
		});
	}
}

function namesOf({ db }: Transaction, keyId: string, workspaceId: string, approver: string) {
	const name = (sql: string, id: string) => db.prepare<[string], string>(sql).pluck().get(id) ?? "";
	return {
		label: name("SELECT label FROM api_key WHERE id = ?", keyId),
		workspace: { id: workspaceId, name: name("SELECT name FROM workspace WHERE id = ?", workspaceId) },
		approvedBy: name(`SELECT name FROM "user" WHERE id = ?`, approver),
	};
}
