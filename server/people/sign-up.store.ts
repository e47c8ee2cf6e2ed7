import type { Account } from "../../shared/wire.ts";
import { invitationUsed } from "../accounts/sign-up/refusals.ts";
import { insertAccount, type NewAccount } from "../accounts/sign-up/sign-up.store.ts";
import type { Database } from "../storage/database.ts";
import { insertWorkspace } from "../workspaces/workspace.store.ts";
import { claimSignUp } from "./invitations.store.ts";

export interface NewSignUp extends NewAccount {
	/** SHA-256 of the invitation's token, in hex; null if none is required. */
	tokenHash: string | null;
}

/**
 * Creates an account with its first workspace, and marks the invitation as used to sign up.
 * @throws ProblemError 403 `sign_up_closed`, and as `insertAccount`
 */
export async function signUp(db: Database, { tokenHash, ...account }: NewSignUp): Promise<Account> {
	if (tokenHash !== null && !(await claimSignUp(db, { tokenHash }))) throw invitationUsed();
	const created = await insertAccount(db, account);
	// Without an address, like this entry in all existing workspaces.
	const actor = { accountId: created.id, address: null };
	await insertWorkspace(db, { actor, name: `${created.name}'s workspace` });
	return created;
}
