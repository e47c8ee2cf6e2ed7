import type { SignedInActor } from "../activity/actor.ts";
import { invalidField } from "../errors/problem-error.ts";
import { foldText } from "../folded-text.ts";
import { endUnsealedPairings } from "../pairing/end-pairings.store.ts";
import type { Database } from "../storage/database.ts";
import { requireRight } from "../workspaces/membership.store.ts";
import { nameOfWorkspace } from "../workspaces/workspace.store.ts";

/**
 * Deletes a workspace on behalf of an owner.
 * @throws ProblemError 400 unless `name` matches, and as `requireRight`
 */
export async function deleteWorkspace(
	db: Database,
	{ actor, workspaceId, name }: { actor: SignedInActor; workspaceId: string; name: string },
): Promise<void> {
	await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_people" });
	if (foldText(name) !== foldText(await nameOfWorkspace(db, { workspaceId }))) {
		throw invalidField("name", "Type the workspace's name as shown.");
	}
	await closeWorkspace(db, { actor, workspaceId });
}

/**
 * Ends access for a workspace's people and keys at once. Every key and invitation look-up checks `deleted_at`, so one
 * small write refuses 100,000 keys. The rows are kept for a while, so that games still sending these keys get a reason.
 */
export async function closeWorkspace(
	db: Database,
	{ actor, workspaceId }: { actor: SignedInActor; workspaceId: string },
): Promise<void> {
	await endUnsealedPairings(db, { actor, workspaceId, reason: "workspace_deleted" });
	await db.deleteFrom("backend").where("workspace_id", "=", workspaceId).execute();
	await db.deleteFrom("member").where("workspace_id", "=", workspaceId).execute();
	await db.updateTable("workspace").set({ deleted_at: db.now }).where("id", "=", workspaceId).execute();
}
