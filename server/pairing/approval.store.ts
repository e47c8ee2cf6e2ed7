import type { Approval, Pairing } from "../../shared/wire.ts";
import { recordActivity } from "../activity/record.store.ts";
import type { Database } from "../storage/database.ts";
import { roleOf } from "../workspaces/membership.store.ts";
import { mayManageKeys } from "../workspaces/rights.ts";
import { type ConnectionAlert, findConnectionAlert } from "./connection-alert.store.ts";
import { newSalt } from "./device-code.ts";
import { type Approver, openCode, type Opening, type WrongCode } from "./open-code.store.ts";
import { fateOf, statusAt, storedFate } from "./pairing-row.ts";
import {
	alreadyAnswered,
	cannotCreateKeys,
	expiredCode,
	previousKeyElsewhere,
	previousKeyUnproven,
	workspaceNotFound,
} from "./refusals.ts";
import { requesterAddress } from "./requested-from.ts";
import { transition } from "./transition.store.ts";
import { findPairing } from "./viewed-pairing.store.ts";
import { toPairing, type ViewedPairing } from "./viewed-pairing.ts";
import { withdraw } from "./withdraw.store.ts";

type Answer = Required<Approval>;

/** The pairing afterwards, or why the code is wrong. */
export type AnswerResult = WrongCode | { pairing: Pairing };

/** `alert`: what to mail, unless the approval is repeated. */
export type ApprovalResult = AnswerResult & { alert?: ConnectionAlert };

export async function openPairing(db: Database, opening: Opening): Promise<AnswerResult> {
	const opened = await openCode(db, opening);
	return "wrong" in opened ? opened : { pairing: toPairing(opened.pairing, opening.approver, db.now) };
}

/**
 * `pending → approved`. Repeating the same approval changes nothing.
 * @throws ProblemError 403, 404, 409 `already_answered`, `previous_key_unproven` or `previous_key_elsewhere`, 410, 429
 */
export async function approvePairing(
	db: Database,
	{ opening, answer, ttlSeconds }: { opening: Opening; answer: Answer; ttlSeconds: number },
): Promise<ApprovalResult> {
	const opened = await openCode(db, opening);
	if ("wrong" in opened) return opened;
	const { pairing } = opened;
	const { approver } = opening;
	if (statusAt(pairing, db.now) === "expired") throw expiredCode();
	if (pairing.status !== "pending" && !isSameApproval(pairing, approver, answer)) throw alreadyAnswered();
	if (pairing.status !== "pending") return reload(db, pairing, approver);
	await approve(db, { pairing, approver, answer, ttlSeconds });
	const { workspaceId, label } = answer;
	const alert = await findConnectionAlert(db, { pairing, workspaceId, label, approver });
	return { ...(await reload(db, pairing, approver)), ...(alert && { alert }) };
}

/**
 * Ends a pairing that is not sealed yet, and revokes its key if one was issued.
 * @throws ProblemError 403, 409 `already_answered`, 410, 429
 */
export async function denyPairing(db: Database, opening: Opening): Promise<AnswerResult> {
	const opened = await openCode(db, opening);
	if ("wrong" in opened) return opened;
	const { pairing } = opened;
	const { approver } = opening;
	if (pairing.status !== "denied") {
		if (statusAt(pairing, db.now) === "expired") throw expiredCode();
		if (pairing.status === "sealed") throw alreadyAnswered();
		await withdraw(db, pairing, approver);
		await recordPairing(db, "pairing.denied", pairing, approver);
	}
	return reload(db, pairing, approver);
}

/**
 * Releases a code opened by mistake, so that another account can open it.
 * @throws ProblemError 403, 409 `already_answered`, 410, 429
 */
export async function releasePairing(db: Database, opening: Opening): Promise<AnswerResult> {
	const opened = await openCode(db, opening);
	if ("wrong" in opened) return opened;
	const { pairing } = opened;
	if (statusAt(pairing, db.now) === "expired") throw expiredCode();
	if (pairing.status !== "pending") throw alreadyAnswered();
	await db.updateTable("pairing").set({ claimed_by: null }).where("id", "=", pairing.id).execute();
	return { pairing: toPairing(pairing, opening.approver, db.now) };
}

interface NewApproval {
	pairing: ViewedPairing;
	approver: Approver;
	answer: Answer;
	ttlSeconds: number;
}

async function approve(db: Database, { pairing, approver, answer, ttlSeconds }: NewApproval): Promise<void> {
	const { workspaceId, label, previousKey } = answer;
	const role = await roleOf(db, { accountId: approver.accountId, workspaceId });
	if (role === undefined) throw workspaceNotFound();
	if (!mayManageKeys(role)) throw cannotCreateKeys();
	if (previousKey !== "keep") {
		if (pairing.proven_key_id === null) throw previousKeyUnproven();
		if (pairing.previous?.workspaceId !== workspaceId) throw previousKeyElsewhere();
	}
	const approval = {
		approved_by: approver.accountId,
		workspace_id: workspaceId,
		label,
		...storedFate(previousKey),
		salt: newSalt(),
		expires_at: db.now + ttlSeconds * 1000,
	};
	await transition(db, { id: pairing.id, from: "pending", set: { status: "approved", ...approval } });
	await recordPairing(db, "pairing.approved", { ...pairing, workspace_id: workspaceId, label }, approver);
}

function isSameApproval(pairing: ViewedPairing, { accountId }: Approver, answer: Answer): boolean {
	return (
		pairing.approved_by === accountId &&
		pairing.workspace_id === answer.workspaceId &&
		pairing.label === answer.label &&
		fateOf(pairing) === answer.previousKey &&
		pairing.status !== "denied"
	);
}

/** A pairing denied before a workspace was chosen is not recorded. */
async function recordPairing(
	db: Database,
	kind: "pairing.approved" | "pairing.denied",
	pairing: ViewedPairing,
	actor: Approver,
): Promise<void> {
	const { workspace_id: workspaceId, key_id: keyId, label, place_name: place } = pairing;
	if (workspaceId === null) return;
	const from = requesterAddress(pairing, actor);
	const detail = { ...(label && { label }), ...(place && { place }), ...(from && { requestedFrom: from }) };
	await recordActivity(db, { actor, workspaceId, kind, keyId: keyId ?? undefined, detail });
}

async function reload(db: Database, before: ViewedPairing, approver: Approver): Promise<{ pairing: Pairing }> {
	const after = await findPairing(db, { userCode: before.user_code, accountId: approver.accountId });
	return { pairing: toPairing(after ?? before, approver, db.now) };
}
