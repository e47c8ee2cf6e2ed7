import type { Workspace } from "../../shared/wire.ts";
import { type Actor, recordActivity } from "../activity/record.ts";
import { ProblemError } from "../http/problem.ts";
import { newId } from "../ids.ts";
import type { Transaction } from "../storage/storage.ts";
import { demandRight, demandRoom, roleOf } from "../workspaces/membership.ts";
import {
	invitationByToken,
	invitationHash,
	type InvitationRow,
	type InvitedRole,
	isOpen,
	openInvitations,
} from "./invitations.ts";

type Somebody = Actor & { accountId: string };

const OPEN_MS = 7 * 24 * 3_600_000;
const MOST_OPEN = 100;
/** How long the link of an invitation says that it is too old, and not that nobody knows it. */
const EXPIRED_KEPT_MS = 30 * 24 * 3_600_000;
const RANK = { member: 0, admin: 1, owner: 2 };

/** Resolves to the invitation's id. @throws ProblemError 409 `too_many_invitations`, and as `demandRight` */
export function createInvitation(
	transaction: Transaction,
	actor: Somebody,
	{ workspaceId, role, token }: { workspaceId: string; role: InvitedRole; token: string },
): string {
	const { db, now } = transaction;
	demandRight(db, actor.accountId, workspaceId, "manage_people");
	db.prepare(
		`DELETE FROM invitation WHERE id IN (SELECT id FROM invitation WHERE expires_at <= ? LIMIT ${MOST_OPEN})`,
	).run(now - EXPIRED_KEPT_MS);
	if (openInvitations(db, workspaceId, now).length >= MOST_OPEN) {
		throw new ProblemError(
			409,
			"too_many_invitations",
			`This workspace has ${MOST_OPEN} open invitations. Withdraw one first.`,
		);
	}
	const id = newId("inv");
	db.prepare(
		`INSERT INTO invitation (id, workspace_id, token_hash, role, created_at, created_by, expires_at)
		VALUES (:id, :workspaceId, :hash, :role, :now, :accountId, :expiresAt)`,
	).run({
		id,
		workspaceId,
		hash: invitationHash(token),
		role,
		now,
		accountId: actor.accountId,
		expiresAt: now + OPEN_MS,
	});
	recordActivity(transaction, actor, { workspaceId, kind: "invitation.created", detail: { role } });
	return id;
}

/** @throws ProblemError 404 where it is not open any more, and as `demandRight` */
export function withdrawInvitation(
	transaction: Transaction,
	actor: Somebody,
	{ workspaceId, invitationId }: { workspaceId: string; invitationId: string },
): void {
	const { db } = transaction;
	demandRight(db, actor.accountId, workspaceId, "manage_people");
	const role = db
		.prepare<[string, string], InvitedRole>("DELETE FROM invitation WHERE workspace_id = ? AND id = ? RETURNING role")
		.pluck()
		.get(workspaceId, invitationId);
	if (role === undefined) {
		throw new ProblemError(404, "not_found", "This invitation was accepted or withdrawn already. Reload the list.");
	}
	recordActivity(transaction, actor, { workspaceId, kind: "invitation.withdrawn", detail: { role } });
}

/**
 * Whoever accepts becomes a member, or a member of a higher role, and the invitation is used up. Where that would change
 * nothing, nothing is. Undefined for an unknown token.
 * @throws ProblemError 410, see `demandOpen`, and 409, see `demandRoom`
 */
export function acceptInvitation(transaction: Transaction, actor: Somebody, token: string): Workspace | undefined {
	const { db, now } = transaction;
	const invitation = invitationByToken(db, token);
	if (invitation === undefined) return undefined;
	const { workspace_id: workspaceId, role, workspace_name: name } = invitation;
	const before = roleOf(db, actor.accountId, workspaceId);
	if (before !== undefined && RANK[before] >= RANK[role]) return { id: workspaceId, name, role: before };
	demandOpen(invitation, now);
	if (before === undefined) demandRoom(db, actor.accountId);
	db.prepare(
		`INSERT INTO member (workspace_id, account_id, role, joined_at) VALUES (:workspaceId, :accountId, :role, :now)
		ON CONFLICT DO UPDATE SET role = excluded.role`,
	).run({ workspaceId, accountId: actor.accountId, role, now });
	db.prepare("DELETE FROM invitation WHERE id = ?").run(invitation.id);
	const about = { workspaceId, personId: actor.accountId };
	if (before === undefined) recordActivity(transaction, actor, { ...about, kind: "person.joined", detail: { role } });
	else
		recordActivity(transaction, actor, { ...about, kind: "person.role_changed", detail: { from: before, to: role } });
	return { id: workspaceId, name, role };
}

/** @throws ProblemError 410 `expired_invitation` */
export function demandOpen(invitation: InvitationRow, now: number): void {
	if (isOpen(invitation, now)) return;
	throw new ProblemError(410, "expired_invitation", "This invitation is too old. Ask for a new link.");
}
