import type { Invitation, InvitationOffer, PersonRef, Role } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import { ProblemError } from "../errors/problem-error.ts";
import type { Database } from "../storage/database.ts";

export type InvitedRole = Exclude<Role, "owner">;

/** Times are in milliseconds. */
export interface InvitationRow {
	id: string;
	workspaceId: string;
	workspaceName: string;
	role: InvitedRole;
	createdAt: number;
	createdBy: string | null;
	createdByName: string | null;
	expiresAt: number;
}

/** SHA-256 of an invitation's token, in hex. */
export interface ByToken {
	tokenHash: string;
}

/** The invitation with this token, open or expired, unless it awaits its maker's review. */
export async function invitationByToken(db: Database, by: ByToken): Promise<InvitationRow | undefined> {
	return withToken(db, by).executeTakeFirst();
}

export async function invitationById(db: Database, { id }: { id: string }): Promise<InvitationRow> {
	return invitations(db).where("i.id", "=", id).executeTakeFirstOrThrow();
}

/** Until the review ends, what someone else may have made with the account lets nobody in. */
function withToken(db: Database, { tokenHash }: ByToken) {
	return invitations(db)
		.leftJoin("account_review as review", (join) =>
			join.onRef("review.account_id", "=", "i.created_by").onRef("review.since", ">=", "i.created_at"),
		)
		.where("review.account_id", "is", null)
		.where("i.token_hash", "=", Buffer.from(tokenHash, "hex"));
}

/** What an invitation offers; undefined for an unknown token. @throws ProblemError as `requireOpen` */
export async function lookAtInvitation(db: Database, by: ByToken): Promise<InvitationOffer | undefined> {
	const invitation = await invitationByToken(db, by);
	if (invitation === undefined) return undefined;
	requireOpen(invitation, db.now);
	const { workspaceId, workspaceName, role, expiresAt } = invitation;
	return {
		workspace: { id: workspaceId, name: workspaceName },
		role,
		invitedBy: inviterOf(invitation),
		expiresAt: isoTime(expiresAt),
	};
}

/** True if the invitation is open and has not been used to sign up. */
export async function canSignUp(db: Database, by: ByToken): Promise<boolean> {
	const invitation = await withToken(db, by).where("i.signed_up_at", "is", null).executeTakeFirst();
	return invitation !== undefined && isOpen(invitation, db.now);
}

/** Marks an invitation as used to sign up. False if `canSignUp` is. */
export async function claimSignUp(db: Database, { tokenHash }: ByToken): Promise<boolean> {
	const invitation = await invitationByToken(db, { tokenHash });
	if (invitation === undefined || !isOpen(invitation, db.now)) return false;
	const { numUpdatedRows } = await db
		.updateTable("invitation")
		.set({ signed_up_at: db.now })
		.where("id", "=", invitation.id)
		.where("signed_up_at", "is", null)
		.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}

/** Newest first. */
export async function openInvitations(
	db: Database,
	{ workspaceId }: { workspaceId: string },
): Promise<InvitationRow[]> {
	return invitations(db)
		.where("i.workspace_id", "=", workspaceId)
		.where("i.expires_at", ">", db.now)
		.orderBy("i.created_at", "desc")
		.orderBy("i.id")
		.execute();
}

/** Excludes invitations to deleted workspaces. */
function invitations(db: Database) {
	return db
		.selectFrom("invitation as i")
		.innerJoin("workspace as w", "w.id", "i.workspace_id")
		.leftJoin("user as inviter", "inviter.id", "i.created_by")
		.where("w.deleted_at", "is", null)
		.select([
			"i.id",
			"i.workspace_id as workspaceId",
			"w.name as workspaceName",
			"i.role",
			"i.created_at as createdAt",
			"i.created_by as createdBy",
			"inviter.name as createdByName",
			"i.expires_at as expiresAt",
		]);
}

/** @throws ProblemError 410 `expired_invitation` */
export function requireOpen(invitation: InvitationRow, now: number): void {
	if (isOpen(invitation, now)) return;
	throw new ProblemError(410, "expired_invitation", "This invitation has expired. Ask for a new link.");
}

function isOpen({ expiresAt }: InvitationRow, now: number): boolean {
	return expiresAt > now;
}

export function toInvitation(row: InvitationRow): Invitation {
	const { id, role, createdAt, expiresAt } = row;
	return { id, role, createdAt: isoTime(createdAt), createdBy: inviterOf(row), expiresAt: isoTime(expiresAt) };
}

function inviterOf({ createdBy: id, createdByName: name }: InvitationRow): PersonRef | null {
	return id === null || name === null ? null : { id, name };
}
