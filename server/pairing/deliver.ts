import { NOBODY } from "../activity/record.ts";
import { newId } from "../ids.ts";
import { insertKey, revokeKey } from "../keys/key-writes.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { mayManageKeys, roleOf } from "../workspaces/membership.ts";
import { deriveKey, deviceCodeHash } from "./device-code.ts";
import { pairingByDeviceCode, type PairingRow, previousKey, statusAt } from "./pairing-row.ts";
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
	if (row === undefined) return { outcome: "invalid_grant" };
	const settled = waiting(row, storage.now()) ?? deliverAgain(storage.db, row, deviceCode);
	if (settled) return settled;
	return storage.write((transaction) => {
		const current = pairingByDeviceCode(transaction.db, hash);
		if (current === undefined) return { outcome: "invalid_grant" };
		return waiting(current, transaction.now) ?? issue(transaction, current, deviceCode);
	});
}

/** The answer where there is no key, or none yet. */
function waiting(row: PairingRow, now: number): Delivery | undefined {
	const status = statusAt(row, now);
	if (status === "pending") return { outcome: "authorization_pending", pairingId: row.id };
	if (status === "denied") return { outcome: "access_denied" };
	if (status === "expired") return { outcome: "expired_token" };
	if (status === "sealed") return { outcome: "invalid_grant" };
	return undefined;
}

interface ApprovedPairing extends PairingRow {
	salt: Buffer;
	label: string;
	approved_by: string;
	workspace_id: string;
}

/** Whether the approval still holds: its approver may create keys there now. */
function isApproved(db: SqliteDatabase, row: PairingRow): row is ApprovedPairing {
	const { salt, label, approved_by: approver, workspace_id: workspaceId } = row;
	if (salt === null || label === null || approver === null || workspaceId === null) return false;
	return mayManageKeys(roleOf(db, approver, workspaceId));
}

/** An `issued` pairing's key, once more; nothing is written for it. */
function deliverAgain(db: SqliteDatabase, row: PairingRow, deviceCode: string): Delivery | undefined {
	if (row.status !== "issued" || row.key_id === null || !isApproved(db, row)) return undefined;
	return { outcome: "issued", key: issuedKey(db, row, row.key_id, deviceCode) };
}

/** `approved → issued`, once. */
function issue(transaction: Transaction, row: PairingRow, deviceCode: string): Delivery {
	const { db, now } = transaction;
	if (!isApproved(db, row)) {
		withdraw(transaction, row);
		return { outcome: "access_denied" };
	}
	const again = deliverAgain(db, row, deviceCode);
	if (again) return again;
	const keyId = newId("key");
	const approver = { accountId: row.approved_by, address: null };
	const replaced = previousKey(db, row, row.approved_by);
	insertKey(transaction, approver, {
		id: keyId,
		secret: deriveKey(row.salt, deviceCode),
		workspaceId: row.workspace_id,
		label: row.label,
		origin: "studio",
		place: { placeId: row.place_id, universeId: row.universe_id, name: row.place_name },
		replaces: replaced?.workspace_id === row.workspace_id ? replaced.id : null,
		confirmBy: row.expires_at,
	});
	const change = "status = 'issued', key_id = :keyId WHERE id = :id AND status = 'approved' AND expires_at > :now";
	step(transaction, change, { id: row.id, keyId, now });
	return { outcome: "issued", key: issuedKey(db, row, keyId, deviceCode) };
}

/** The approver lost the right meanwhile: no key comes of it, and one already delivered but never used dies. */
function withdraw(transaction: Transaction, row: PairingRow): void {
	if (row.key_id !== null && row.status === "issued") revokeKey(transaction, NOBODY, row.key_id, "denied");
	else {
		step(transaction, "status = 'denied', salt = NULL, ended_at = :now WHERE id = :id AND status = 'approved'", {
			id: row.id,
			now: transaction.now,
		});
	}
}

function issuedKey(db: SqliteDatabase, row: ApprovedPairing, id: string, deviceCode: string): IssuedKey {
	const name = (sql: string, of: string) => db.prepare<[string], string>(sql).pluck().get(of) ?? "";
	return {
		secret: deriveKey(row.salt, deviceCode),
		id,
		label: name("SELECT label FROM api_key WHERE id = ?", id),
		workspace: { id: row.workspace_id, name: name("SELECT name FROM workspace WHERE id = ?", row.workspace_id) },
		approvedBy: name('SELECT name FROM "user" WHERE id = ?', row.approved_by),
		confirmBy: row.expires_at,
	};
}
