import type { Actor } from "../activity/record.ts";
import { invalidField } from "../http/problem.ts";
import { endOpenPairings } from "../pairing/end-open.ts";
import type { Transaction } from "../storage/storage.ts";
import { demandRight } from "./membership.ts";
import { workspaceName } from "./workspace-store.ts";

/**
 * Deletes a workspace, as an owner asks.
 * @throws ProblemError 400 unless `name` is the workspace's, and as `demandRight`
 */
export function deleteWorkspace(
	transaction: Transaction,
	actor: Actor & { accountId: string },
	workspaceId: string,
	name: string,
): void {
	const { db } = transaction;
	demandRight(db, actor.accountId, workspaceId, "manage_people");
	if (name.trim() !== workspaceName(db, workspaceId)) {
		throw invalidField("name", "Type the workspace's name exactly as it is.");
	}
	closeWorkspace(transaction, actor, workspaceId);
}

/**
 * Ends a workspace for its people at once, and its keys with it: `deleted_at` is what counts wherever a key is looked
 * up, and invitations likewise, so that a hundred thousand keys are refused from one small write on. The rows stay for a
 * while, for whoever still sends one of these keys to be told why.
 */
export function closeWorkspace(transaction: Transaction, actor: Actor, workspaceId: string): void {
	const { db, now } = transaction;
	endOpenPairings(transaction, actor, { workspaceId, reason: "workspace_deleted" });
	db.prepare("DELETE FROM member WHERE workspace_id = ?").run(workspaceId);
	db.prepare("UPDATE workspace SET deleted_at = ? WHERE id = ?").run(now, workspaceId);
}
