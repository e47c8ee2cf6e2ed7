import { type Proof, requireUnchanged } from "../accounts/sessions/proof.store.ts";
import type { SignedInActor } from "../activity/actor.ts";
import { ProblemError } from "../errors/problem-error.ts";
import type { Database } from "../storage/database.ts";
import { closeWorkspace } from "./delete-workspace.store.ts";
import { endMembership } from "./members.store.ts";

/**
 * Deletes the actor's account and the workspaces that have no other members, keys included.
 * @throws ProblemError 409 `last_owner` if others would be left without an owner, and as `requireUnchanged`
 */
export async function deleteAccount(
	db: Database,
	{ actor, proof }: { actor: SignedInActor; proof: Proof },
): Promise<void> {
	await requireUnchanged(db, proof);
	const { accountId } = actor;
	const memberships = await workspacesOf(db, accountId);
	const orphaned = memberships.filter(({ others, otherOwners }) => others > 0 && otherOwners === 0);
	if (orphaned.length > 0) throw lastOwner(orphaned.map(({ name }) => name));
	for (const { id: workspaceId, others } of memberships) {
		if (others === 0) await closeWorkspace(db, { actor, workspaceId });
		else await endMembership(db, { actor, workspaceId, accountId, revokeKeys: false });
	}
	await db.deleteFrom("user").where("id", "=", accountId).execute();
}

/** The account's workspaces, with how many other members and other owners they have. */
async function workspacesOf(db: Database, accountId: string) {
	return db
		.selectFrom("member")
		.innerJoin("workspace", "workspace.id", "member.workspace_id")
		.leftJoin("member as other", (join) =>
			join.onRef("other.workspace_id", "=", "member.workspace_id").onRef("other.account_id", "!=", "member.account_id"),
		)
		.where("member.account_id", "=", accountId)
		.groupBy("workspace.id")
		.select(({ fn }) => [
			"workspace.id",
			"workspace.name",
			fn.count<number>("other.account_id").as("others"),
			fn.count<number>("other.account_id").filterWhere("other.role", "=", "owner").as("otherOwners"),
		])
		.execute();
}

function lastOwner(names: string[]): ProblemError {
	const quoted = new Intl.ListFormat("en").format(names.map((name) => `“${name}”`));
	return new ProblemError(
		409,
		"last_owner",
		`You are the only owner in ${quoted}, where others are members. Make someone else an owner or delete the workspace, then delete your account.`,
	);
}
