import { type NewPassword, resetPassword } from "../accounts/password-reset/reset.store.ts";
import { endUnsealedPairings } from "../pairing/end-pairings.store.ts";
import type { Database } from "../storage/database.ts";

/**
 * Sets a new password by a reset link. If it is the first proof that the address is the person's, the account may have been
 * someone else's until now: keys that are on their way to a place are stopped, and all else waits for a review. What is
 * in use goes on: a reset must not take a game down.
 * @throws ProblemError as `resetPassword`
 */
export async function resetAccount(db: Database, given: NewPassword): Promise<void> {
	const { accountId, isFirstProof } = await resetPassword(db, given);
	if (!isFirstProof) return;
	const memberships = await db
		.selectFrom("member")
		.select("workspace_id as workspaceId")
		.where("account_id", "=", accountId)
		.execute();
	const actor = { accountId, address: given.client.address };
	for (const { workspaceId } of memberships) {
		await endUnsealedPairings(db, { actor, workspaceId, approvedBy: accountId, reason: "denied" });
	}
	await db
		.insertInto("account_review")
		.values({ account_id: accountId, since: db.now })
		.onConflict((conflict) => conflict.column("account_id").doUpdateSet({ since: db.now }))
		.execute();
}
