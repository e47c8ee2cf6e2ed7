import type { Invitation, Workspace } from "../../shared/wire.ts";
import type { SignedInActor } from "../activity/actor.ts";
import { recordActivity } from "../activity/record.store.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { newId } from "../ids.ts";
import type { Database } from "../storage/database.ts";
import { requireRight, requireRoom, roleOf } from "../workspaces/membership.store.ts";
import {
	invitationByToken,
	type InvitedRole,
	openInvitations,
	requireOpen,
	toInvitation,
} from "./invitations.store.ts";

const OPEN_MS = 7 * 24 * 3_600_000;
const MOST_OPEN = 100;
/** How long the link of an expired invitation says that it is too old, instead of being unknown. */
const EXPIRED_KEPT_MS = 30 * 24 * 3_600_000;
const RANK = { member: 0, admin: 1, owner: 2 };

export interface NewInvitation {
	actor: SignedInActor;
	workspaceId: string;
	role: InvitedRole;
	/** SHA-256 in hex: the token itself never gets as far as here. */
	tokenHash: string;
}

/** @throws ProblemError 409 `too_many_invitations`, and as `requireRight` */
export async function createInvitation(
	db: Database,
	{ actor, workspaceId, role, tokenHash }: NewInvitation,
): Promise<Invitation> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_people" });
	await forgetExpired(db);
	if ((await openInvitations(db, { workspaceId })).length >= MOST_OPEN) throw tooMany();
	await db
		.insertInto("invitation")
		.values({
			id: newId("inv"),
			workspace_id: workspaceId,
			token_hash: Buffer.from(tokenHash, "hex"),
			role,
			created_at: db.now,
			created_by: actor.accountId,
			expires_at: db.now + OPEN_MS,
		})
		.execute();
	await recordActivity(db, { actor, workspaceId, kind: "invitation.created", detail: { role } });
	const invitation = await invitationByToken(db, { tokenHash });
	if (invitation === undefined) throw new Error("The new invitation cannot be found.");
	return toInvitation(invitation);
}

/** As many at once as may have become old since the last time. */
async function forgetExpired(db: Database): Promise<void> {
	const old = db
		.selectFrom("invitation")
		.select("id")
		.where("expires_at", "<=", db.now - EXPIRED_KEPT_MS)
		.limit(MOST_OPEN);
	await db.deleteFrom("invitation").where("id", "in", old).execute();
}

/** @throws ProblemError 404 where it is not open any more, and as `requireRight` */
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
		throw new ProblemError(404, "not_found", "This invitation was accepted or withdrawn already. Reload the list.");
	}
	await recordActivity(db, { actor, workspaceId, kind: "invitation.withdrawn", detail: { role: withdrawn.role } });
}

/**
 * Makes the actor a member, or raises their role, and uses the invitation up; it stays where they have that role or a
 * higher one. Undefined for an unknown token.
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
		`This workspace has ${MOST_OPEN} open invitations. Withdraw one first.`,
	);
}
