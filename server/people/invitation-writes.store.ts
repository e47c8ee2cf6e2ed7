import type { Invitation, Workspace } from "../../shared/wire.ts";
import type { SignedInActor } from "../activity/actor.ts";
import { recordActivity } from "../activity/record.store.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { newId } from "../ids.ts";
import type { Database } from "../storage/database.ts";
import { requireRight, requireRoom, roleOf } from "../workspaces/membership.store.ts";
import {
	invitationById,
	invitationByToken,
	type InvitedRole,
	openInvitations,
	requireOpen,
	toInvitation,
} from "./invitations.store.ts";

const LIFETIME_MS = 7 * 24 * 3_600_000;
const MAX_OPEN = 100;
/** For this long, the link of an expired invitation is reported as expired instead of unknown. */
const EXPIRED_RETENTION_MS = 30 * 24 * 3_600_000;
const RANK = { member: 0, admin: 1, owner: 2 };

export interface NewInvitation {
	actor: SignedInActor;
	workspaceId: string;
	role: InvitedRole;
	/** SHA-256 in hex: the token itself never reaches storage. */
	tokenHash: string;
}

/** @throws ProblemError 409 `too_many_invitations`, and as `requireRight` */
export async function createInvitation(
	db: Database,
	{ actor, workspaceId, role, tokenHash }: NewInvitation,
): Promise<Invitation> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_people" });
	await deleteExpired(db);
	if ((await openInvitations(db, { workspaceId })).length >= MAX_OPEN) throw tooMany();
	const id = newId("inv");
	await db
		.insertInto("invitation")
		.values({
			id,
			workspace_id: workspaceId,
			token_hash: Buffer.from(tokenHash, "hex"),
			role,
			created_at: db.now,
			created_by: actor.accountId,
			expires_at: db.now + LIFETIME_MS,
		})
		.execute();
	await recordActivity(db, { actor, workspaceId, kind: "invitation.created", detail: { role } });
	return toInvitation(await invitationById(db, { id }));
}

/** A batch per created invitation, so that expired ones do not pile up. */
async function deleteExpired(db: Database): Promise<void> {
	const old = db
		.selectFrom("invitation")
		.select("id")
		.where("expires_at", "<=", db.now - EXPIRED_RETENTION_MS)
		.limit(MAX_OPEN);
	await db.deleteFrom("invitation").where("id", "in", old).execute();
}

/** @throws ProblemError 404 if it no longer exists, and as `requireRight` */
export async function withdrawInvitation(
	db: Database,
	{ actor, workspaceId, invitationId }: { actor: SignedInActor; workspaceId: string; invitationId: string },
): Promise<void> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_people" });
	const withdrawn = await db
		.deleteFrom("invitation")
		.where("workspace_id", "=", workspaceId)
		.where("id", "=", invitationId)
		.returning("role")
		.executeTakeFirst();
	if (withdrawn === undefined) {
		throw new ProblemError(
			404,
			"not_found",
			"Invitation not found. It may have been accepted or withdrawn already. Reload the list.",
		);
	}
	await recordActivity(db, { actor, workspaceId, kind: "invitation.withdrawn", detail: { role: withdrawn.role } });
}

/**
 * Adds the actor as a member, or raises their role, and uses up the invitation. If they already have that role or a
 * higher one, it stays open. Undefined for an unknown token.
 * @throws ProblemError 410, see `requireOpen`, and 409, see `requireRoom`
 */
export async function acceptInvitation(
	db: Database,
	{ actor, tokenHash }: { actor: SignedInActor; tokenHash: string },
): Promise<Workspace | undefined> {
	const { accountId } = actor;
	const invitation = await invitationByToken(db, { tokenHash });
	if (invitation === undefined) return undefined;
	const { workspaceId, workspaceName: name, role } = invitation;
	const before = await roleOf(db, { accountId, workspaceId });
	if (before !== undefined && RANK[before] >= RANK[role]) return { id: workspaceId, name, role: before };
	requireOpen(invitation, db.now);
	if (before === undefined) await requireRoom(db, { accountId });
	await db
		.insertInto("member")
		.values({ workspace_id: workspaceId, account_id: accountId, role, joined_at: db.now })
		.onConflict((conflict) => conflict.columns(["workspace_id", "account_id"]).doUpdateSet({ role }))
		.execute();
	await db.deleteFrom("invitation").where("id", "=", invitation.id).execute();
	await recordActivity(db, {
		actor,
		workspaceId,
		personId: accountId,
		...(before === undefined
			? { kind: "person.joined", detail: { role } }
			: { kind: "person.role_changed", detail: { from: before, to: role } }),
	});
	return { id: workspaceId, name, role };
}

function tooMany(): ProblemError {
	return new ProblemError(
		409,
		"too_many_invitations",
		`This workspace already has ${MAX_OPEN} open invitations. Withdraw one first.`,
	);
}
