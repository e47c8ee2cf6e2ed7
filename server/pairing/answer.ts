import type { Approval } from "../../shared/wire.ts";
import { type Actor, recordActivity } from "../activity/record.ts";
import { ProblemError } from "../http/problem.ts";
import { revokeKey } from "../keys/key-writes.ts";
import type { Transaction } from "../storage/storage.ts";
import { mayManageKeys, roleOf } from "../workspaces/membership.ts";
import { newSalt } from "./device-code.ts";
import { expiredCode } from "./open-code.ts";
import { type PairingRow, previousKey, statusAt } from "./pairing-row.ts";
import { step } from "./transition.ts";

type Answer = Required<Approval>;

export interface Answerer {
	account: string;
	actor: Actor;
}

/** `pending → approved`. The same answer again changes nothing; another one is a conflict. */
export function approve(
	transaction: Transaction,
	row: PairingRow,
	{ account, actor }: Answerer,
	answer: Answer,
	ttlSeconds: number,
): void {
	const { db, now } = transaction;
	if (statusAt(row, now) === "expired") throw expiredCode();
	if (row.status !== "pending") {
		if (!isRepetition(row, account, answer)) throw alreadyAnswered();
		return;
	}
	const role = roleOf(db, account, answer.workspaceId);
	if (role === undefined)
		throw new ProblemError(404, "not_found", "There is no such workspace. Reload the page and pick another.");
	if (!mayManageKeys(role)) {
		throw new ProblemError(
			403,
			"forbidden",
			"You may not create keys in this workspace. Pick another, or ask its owner.",
		);
	}
	if (answer.previousKey === "revoke" && previousKey(db, row, account)?.workspace_id !== answer.workspaceId) {
		throw new ProblemError(
			409,
			"previous_key_elsewhere",
			"The key in the place belongs to another workspace, so it cannot be revoked from here. Keep it, and revoke it there.",
		);
	}
	step(
		transaction,
		`status = 'approved', approved_by = :account, workspace_id = :workspaceId, label = :label,
			previous_key_fate = :previousKey, salt = :salt, expires_at = :confirmBy
		WHERE id = :id AND status = 'pending' AND expires_at > :now`,
		{ ...answer, id: row.id, account, salt: newSalt(), now, confirmBy: now + ttlSeconds * 1000 },
	);
	recordPairing(transaction, actor, "pairing.approved", {
		...row,
		workspace_id: answer.workspaceId,
		label: answer.label,
	});
}

/** Ends a pairing that is not sealed yet; a key that was delivered but never used is revoked. */
export function deny(transaction: Transaction, row: PairingRow, { actor }: Answerer): void {
	const { now } = transaction;
	if (row.status === "denied") return;
	if (statusAt(row, now) === "expired") throw expiredCode();
	if (row.status === "sealed") throw alreadyAnswered();
	if (row.status === "issued" && row.key_id !== null) {
		revokeKey(transaction, actor, row.key_id, "denied");
		recordPairing(transaction, actor, "pairing.denied", row);
		return;
	}
	step(transaction, "status = 'denied', salt = NULL, ended_at = :now WHERE id = :id AND status = :status", {
		id: row.id,
		status: row.status,
		now,
	});
	recordPairing(transaction, actor, "pairing.denied", row);
}

/** Gives a code that was opened by mistake back, for another account to open. */
export function release({ db, now }: Transaction, row: PairingRow): void {
	if (statusAt(row, now) === "expired") throw expiredCode();
	if (row.status !== "pending") throw alreadyAnswered();
	db.prepare("UPDATE pairing SET claimed_by = NULL WHERE id = ?").run(row.id);
}

/** A code that was denied before anybody chose a workspace is no workspace's business. */
function recordPairing(
	transaction: Transaction,
	actor: Actor,
	kind: "pairing.approved" | "pairing.denied",
	row: PairingRow,
): void {
	if (row.workspace_id === null) return;
	recordActivity(transaction, actor, {
		workspaceId: row.workspace_id,
		kind,
		keyId: row.key_id ?? undefined,
		detail: { ...(row.label && { label: row.label }), ...(row.place_name && { place: row.place_name }) },
	});
}

function isRepetition(row: PairingRow, account: string, answer: Answer): boolean {
	return (
		row.approved_by === account &&
		row.workspace_id === answer.workspaceId &&
		row.label === answer.label &&
		row.previous_key_fate === answer.previousKey &&
		row.status !== "denied"
	);
}

function alreadyAnswered(): ProblemError {
	return new ProblemError(
		409,
		"already_answered",
		"This code was already answered. If you meant to stop a key that is in use, delete it in the list of keys; for a new one, click Connect in Studio again.",
	);
}
