import type { SignedInActor } from "../activity/actor.ts";
import { invalidField } from "../errors/problem-error.ts";
import { endUnsealedPairings } from "../pairing/end-pairings.store.ts";
import type { Database } from "../storage/database.ts";
import { requireRight } from "../workspaces/membership.store.ts";
import { nameOfWorkspace } from "../workspaces/workspace.store.ts";

/**
 * Deletes a workspace, as an owner asks.
 * @throws ProblemError 400 unless `name` is the workspace's, and as `requireRight`
 */
export async function deleteWorkspace(
	db: Database,
	{ actor, workspaceId, name }: { actor: SignedInActor; workspaceId: string; name: string },
): Promise<void> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_people" });
	if (name.trim() !== (await nameOfWorkspace(db, { workspaceId }))) {
		throw invalidField("name", "Type the workspace's name exactly as it is.");
	}
	await closeWorkspace(db, { actor, workspaceId });
}

/**
 * Ends a workspace for its people at once, and its keys with it: every look-up of a key or an invitation heeds
 * `deleted_at`, so that one small write refuses a hundred thousand keys. The rows stay for a while, so that games that
 * still send one of these keys are told why it is refused.
 */
export async function closeWorkspace(
	db: Database,
	{ actor, workspaceId }: { actor: SignedInActor; workspaceId: string },
): Promise<void> {
	await endUnsealedPairings(db, { actor, workspaceId, reason: "workspace_deleted" });
	await db.deleteFrom("member").where("workspace_id", "=", workspaceId).execute();
	await db.updateTable("workspace").set({ deleted_at: db.now }).where("id", "=", workspaceId).execute();
}
