import type { Actor } from "../activity/record.ts";
import { ProblemError } from "../http/problem.ts";
import { endMembership } from "../people/people-writes.ts";
import type { Transaction } from "../storage/storage.ts";
import { closeWorkspace } from "../workspaces/delete-workspace.ts";

interface Belonging {
	id: string;
	name: string;
	others: number;
	otherOwners: number;
}

const BELONGINGS = `
SELECT workspace.id, workspace.name, count(other.account_id) AS others,
	count(other.account_id) FILTER (WHERE other.role = 'owner') AS otherOwners
FROM member JOIN workspace ON workspace.id = member.workspace_id
LEFT JOIN member other ON other.workspace_id = member.workspace_id AND other.account_id <> member.account_id
WHERE member.account_id = ? GROUP BY workspace.id`;

/**
 * Ends the actor's account, and with it the workspaces in which nobody else is, keys and all.
 * @throws ProblemError 409 `last_owner` where others would be left in a workspace without an owner
 */
export function deleteAccount(transaction: Transaction, actor: Actor & { accountId: string }): void {
	const { db } = transaction;
	const belongings = db.prepare<[string], Belonging>(BELONGINGS).all(actor.accountId);
	const orphaned = belongings.filter(({ others, otherOwners }) => others > 0 && otherOwners === 0);
	if (orphaned.length > 0) throw lastOwner(orphaned.map(({ name }) => name));
	for (const { id, others } of belongings) {
		if (others === 0) closeWorkspace(transaction, actor, id);
		else endMembership(transaction, actor, { workspaceId: id, accountId: actor.accountId }, { revokeKeys: false });
	}
	db.prepare('DELETE FROM "user" WHERE id = ?').run(actor.accountId);
}

function lastOwner(names: string[]): ProblemError {
	const quoted = new Intl.ListFormat("en").format(names.map((name) => `“${name}”`));
	return new ProblemError(
		409,
		"last_owner",
		`Others are in ${quoted}, and you are the only owner there. Make somebody else an owner, or delete the workspace; then delete your account.`,
	);
}
