import type { Person, Role } from "../../shared/wire.ts";
import type { SignedInActor } from "../activity/actor.ts";
import { recordActivity } from "../activity/record.store.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { endUnsealedPairings } from "../pairing/end-pairings.store.ts";
import { findPerson } from "../people/people.store.ts";
import type { Database } from "../storage/database.ts";
import { type Membership, requireRight, roleOf } from "../workspaces/membership.store.ts";
import { mayManageKeys } from "../workspaces/rights.ts";
import { revokeKeysCreatedBy } from "./revoke-by-maker.store.ts";

/** @throws ProblemError 404 for non-members, 409 `last_owner`, and as `requireRight` */
export async function changeRole(
	db: Database,
	{ actor, workspaceId, accountId, role }: Membership & { actor: SignedInActor; role: Role },
): Promise<Person> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_people" });
	const membership = { workspaceId, accountId };
	const before = await memberRole(db, membership);
	if (before !== role) {
		if (before === "owner") await requireAnotherOwner(db, membership);
		await db
			.updateTable("member")
			.set({ role })
			.where("workspace_id", "=", workspaceId)
			.where("account_id", "=", accountId)
			.execute();
		const detail = { from: before, to: role };
		await recordActivity(db, { actor, workspaceId, kind: "person.role_changed", personId: accountId, detail });
		if (before === "owner") await withdrawInvitationsOf(db, membership);
		if (!mayManageKeys(role)) {
			await endUnsealedPairings(db, { actor, workspaceId, approvedBy: accountId, reason: "denied" });
		}
	}
	return (await findPerson(db, membership)) ?? noSuchPerson();
}

export interface Departure extends Membership {
	actor: SignedInActor;
	/** Also revokes the active keys they created here. */
	revokeKeys: boolean;
}

/**
 * Ends a membership: the person leaves, or an owner removes them. Keys they created stay active unless `revokeKeys` is
 * set. Their invitations are withdrawn, and so are pairings they approved whose key has not been used yet.
 * @throws ProblemError 404 for non-members, 409 `last_owner`, and as `requireRight`
 */
export async function endMembership(
	db: Database,
	{ actor, workspaceId, accountId, revokeKeys }: Departure,
): Promise<void> {
	const membership = { workspaceId, accountId };
	const isLeaving = actor.accountId === accountId;
	const ofActor = { accountId: actor.accountId, workspaceId };
	await requireRight(db, { ...ofActor, right: isLeaving ? "see" : "manage_people" });
	if (revokeKeys) await requireRight(db, { ...ofActor, right: "manage_keys" });
	if ((await memberRole(db, membership)) === "owner") await requireAnotherOwner(db, membership);
	await endUnsealedPairings(db, { actor, workspaceId, approvedBy: accountId, reason: "denied" });
	const revoked = revokeKeys ? await revokeKeysCreatedBy(db, { actor, workspaceId, makerId: accountId }) : undefined;
	await withdrawInvitationsOf(db, membership);
	await db.deleteFrom("member").where("workspace_id", "=", workspaceId).where("account_id", "=", accountId).execute();
	await recordActivity(db, {
		actor,
		workspaceId,
		kind: isLeaving ? "person.left" : "person.removed",
		personId: accountId,
		...(revoked !== undefined && { detail: { keys: revoked } }),
	});
}

/** Only owners can invite, so their invitations end with that role, and do not return with it. */
async function withdrawInvitationsOf(db: Database, { workspaceId, accountId }: Membership): Promise<void> {
	await db
		.deleteFrom("invitation")
		.where("workspace_id", "=", workspaceId)
		.where("created_by", "=", accountId)
		.execute();
}

async function memberRole(db: Database, membership: Membership): Promise<Role> {
	return (await roleOf(db, membership)) ?? noSuchPerson();
}

function noSuchPerson(): never {
	throw new ProblemError(404, "not_found", "This person is not in the workspace. Reload the list.");
}

async function requireAnotherOwner(db: Database, { workspaceId, accountId }: Membership): Promise<void> {
	const other = await db
		.selectFrom("member")
		.select("account_id")
		.where("workspace_id", "=", workspaceId)
		.where("role", "=", "owner")
		.where("account_id", "!=", accountId)
		.limit(1)
		.executeTakeFirst();
	if (other !== undefined) return;
	throw new ProblemError(
		409,
		"last_owner",
		"A workspace needs an owner, and there is no other. Make someone else an owner first, or delete the workspace.",
	);
}
