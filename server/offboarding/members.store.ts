import type { Person, Role } from "../../shared/wire.ts";
import type { SignedInActor } from "../activity/actor.ts";
import { recordActivity } from "../activity/record.store.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { endUnsealedPairings } from "../pairing/end-pairings.store.ts";
import { findPerson } from "../people/people.store.ts";
import type { Database } from "../storage/database.ts";
import { type Membership, requireRight, roleOf } from "../workspaces/membership.store.ts";
import { mayManageKeys } from "../workspaces/rights.ts";
import { revokeKeysMadeBy } from "./revoke-by-maker.store.ts";

/** @throws ProblemError 404 where there is no such member, 409 `last_owner`, and as `requireRight` */
export async function changeRole(
	db: Database,
	{ actor, workspaceId, accountId, role }: Membership & { actor: SignedInActor; role: Role },
): Promise<Person> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_people" });
	const of = { workspaceId, accountId };
	const before = await memberRole(db, of);
	if (before !== role) {
		if (before === "owner") await keepAnOwner(db, of);
		await db
			.updateTable("member")
			.set({ role })
			.where("workspace_id", "=", workspaceId)
			.where("account_id", "=", accountId)
			.execute();
		const detail = { from: before, to: role };
		await recordActivity(db, { actor, workspaceId, kind: "person.role_changed", personId: accountId, detail });
		if (before === "owner") await withdrawInvitationsOf(db, of);
		if (!mayManageKeys(role)) {
			await endUnsealedPairings(db, { actor, workspaceId, approvedBy: accountId, reason: "denied" });
		}
	}
	return (await findPerson(db, of)) ?? noSuchPerson();
}

export interface Departure extends Membership {
	actor: SignedInActor;
	/** Whether the active keys that they made here end, too. */
	revokeKeys: boolean;
}

/**
 * Somebody leaves, or an owner removes them. Keys that they made stay, unless `revokeKeys`; their invitations end, and so
 * does every pairing they approved whose key Studio has not put to use yet.
 * @throws ProblemError 404 where there is no such member, 409 `last_owner`, and as `requireRight`
 */
export async function endMembership(
	db: Database,
	{ actor, workspaceId, accountId, revokeKeys }: Departure,
): Promise<void> {
	const of = { workspaceId, accountId };
	const leaves = actor.accountId === accountId;
	const demand = { accountId: actor.accountId, workspaceId };
	await requireRight(db, { ...demand, right: leaves ? "see" : "manage_people" });
	if (revokeKeys) await requireRight(db, { ...demand, right: "manage_keys" });
	if ((await memberRole(db, of)) === "owner") await keepAnOwner(db, of);
	await endUnsealedPairings(db, { actor, workspaceId, approvedBy: accountId, reason: "denied" });
	const revoked = revokeKeys ? await revokeKeysMadeBy(db, { actor, workspaceId, makerId: accountId }) : undefined;
	await withdrawInvitationsOf(db, of);
	await db.deleteFrom("member").where("workspace_id", "=", workspaceId).where("account_id", "=", accountId).execute();
	await recordActivity(db, {
		actor,
		workspaceId,
		kind: leaves ? "person.left" : "person.removed",
		personId: accountId,
		...(revoked !== undefined && { detail: { keys: revoked } }),
	});
}

/** An invitation is an owner's word: it ends with the right to give it, and does not come back with it. */
async function withdrawInvitationsOf(db: Database, { workspaceId, accountId }: Membership): Promise<void> {
	await db
		.deleteFrom("invitation")
		.where("workspace_id", "=", workspaceId)
		.where("created_by", "=", accountId)
		.execute();
}

async function memberRole(db: Database, of: Membership): Promise<Role> {
	return (await roleOf(db, of)) ?? noSuchPerson();
}

function noSuchPerson(): never {
	throw new ProblemError(404, "not_found", "There is no such person in this workspace. Reload the list.");
}

async function keepAnOwner(db: Database, { workspaceId, accountId }: Membership): Promise<void> {
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
		"A workspace needs an owner, and there is no other. Make somebody else an owner first, or delete the workspace.",
	);
}
