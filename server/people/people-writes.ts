import type { Role } from "../../shared/wire.ts";
import { type Actor, recordActivity } from "../activity/record.ts";
import { ProblemError } from "../http/problem.ts";
import { revokeKeysMadeBy } from "../keys/revoke-by-maker.ts";
import { endOpenPairings } from "../pairing/end-open.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Transaction } from "../storage/storage.ts";
import { demandRight, mayManageKeys, roleOf } from "../workspaces/membership.ts";

type Somebody = Actor & { accountId: string };

export interface Membership {
	workspaceId: string;
	accountId: string;
}

/** @throws ProblemError 404 where there is no such member, 409 `last_owner`, and as `demandRight` */
export function changeRole(transaction: Transaction, actor: Somebody, of: Membership, role: Role): void {
	const { db } = transaction;
	const { workspaceId, accountId } = of;
	demandRight(db, actor.accountId, workspaceId, "manage_people");
	const before = memberRole(db, of);
	if (before === role) return;
	if (before === "owner") keepAnOwner(db, of);
	db.prepare("UPDATE member SET role = ? WHERE workspace_id = ? AND account_id = ?").run(role, workspaceId, accountId);
	recordActivity(transaction, actor, {
		workspaceId,
		kind: "person.role_changed",
		personId: accountId,
		detail: { from: before, to: role },
	});
	if (before === "owner") withdrawInvitationsOf(db, of);
	if (!mayManageKeys(role))
		endOpenPairings(transaction, actor, { workspaceId, approvedBy: accountId, reason: "denied" });
}

/**
 * Somebody leaves, or an owner removes them. Keys that they made stay, unless `revokeKeys`; their invitations, and what
 * Studio has not yet put to use on their word, end.
 * @throws ProblemError 404 where there is no such member, 409 `last_owner`, and as `demandRight`
 */
export function endMembership(
	transaction: Transaction,
	actor: Somebody,
	of: Membership,
	{ revokeKeys }: { revokeKeys: boolean },
): void {
	const { db } = transaction;
	const { workspaceId, accountId } = of;
	const leaves = actor.accountId === accountId;
	demandRight(db, actor.accountId, workspaceId, leaves ? "see" : "manage_people");
	if (revokeKeys) demandRight(db, actor.accountId, workspaceId, "manage_keys");
	if (memberRole(db, of) === "owner") keepAnOwner(db, of);
	endOpenPairings(transaction, actor, { workspaceId, approvedBy: accountId, reason: "denied" });
	const revoked = revokeKeys ? revokeKeysMadeBy(transaction, actor, { workspaceId, makerId: accountId }) : undefined;
	withdrawInvitationsOf(db, of);
	db.prepare("DELETE FROM member WHERE workspace_id = ? AND account_id = ?").run(workspaceId, accountId);
	recordActivity(transaction, actor, {
		workspaceId,
		kind: leaves ? "person.left" : "person.removed",
		personId: accountId,
		...(revoked !== undefined && { detail: { keys: revoked } }),
	});
}

/** An invitation is an owner's word: it ends with the right to give it, and does not come back with it. */
function withdrawInvitationsOf(db: SqliteDatabase, { workspaceId, accountId }: Membership): void {
	db.prepare("DELETE FROM invitation WHERE workspace_id = ? AND created_by = ?").run(workspaceId, accountId);
}

function memberRole(db: SqliteDatabase, { workspaceId, accountId }: Membership): Role {
	const role = roleOf(db, accountId, workspaceId);
	if (role !== undefined) return role;
	throw new ProblemError(404, "not_found", "There is no such person in this workspace. Reload the list.");
}

function keepAnOwner(db: SqliteDatabase, { workspaceId, accountId }: Membership): void {
	const other = db.prepare("SELECT 1 FROM member WHERE workspace_id = ? AND role = 'owner' AND account_id <> ?");
	if (other.get(workspaceId, accountId) !== undefined) return;
	throw new ProblemError(
		409,
		"last_owner",
		"A workspace needs an owner, and there is no other. Make somebody else an owner first, or delete the workspace.",
	);
}
