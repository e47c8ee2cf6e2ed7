import type { Account } from "../../shared/wire.ts";
import { createReset } from "../accounts/password-reset/reset.store.ts";
import { invitationUsed, setupTokenInvalid } from "../accounts/sign-up/refusals.ts";
import { canSetUp } from "../accounts/sign-up/setup.store.ts";
import { insertAccount, type NewAccount } from "../accounts/sign-up/sign-up.store.ts";
import type { Database } from "../storage/database.ts";
import { insertWorkspace } from "../workspaces/workspace.store.ts";
import { claimSignUp } from "./invitations.store.ts";

export interface NewSignUp extends NewAccount {
	/** SHA-256 of the invitation's token, in hex; null if none is required. */
	tokenHash: string | null;
	/** SHA-256 of the set-up token, in hex, if it is what allows the sign-up. */
	setupTokenHash?: string;
}

/**
 * Creates an account with its first workspace, and marks the invitation as used to sign up. The first account ends all
 * set-up tokens, by a trigger.
 * @throws ProblemError 403 `sign_up_closed` or `setup_token_invalid`, and as `insertAccount`
 */
export async function signUp(db: Database, { tokenHash, setupTokenHash, ...account }: NewSignUp): Promise<Account> {
	if (setupTokenHash !== undefined && !(await canSetUp(db, { tokenHash: setupTokenHash }))) throw setupTokenInvalid();
	if (tokenHash !== null && !(await claimSignUp(db, { tokenHash }))) throw invitationUsed();
	const created = await insertAccount(db, account);
	// Without an address, like this entry in all existing workspaces.
	const actor = { accountId: created.id, address: null };
	await insertWorkspace(db, { actor, name: `${created.name}'s workspace` });
	return created;
}

/**
 * Creates an account and a password reset link for it, as an administrator may whatever SIGN_UP says.
 * @returns when the link expires, in milliseconds
 * @throws ProblemError as `insertAccount`
 */
export async function createAccountWithReset(
	db: Database,
	{ resetTokenHash, ...account }: NewAccount & { resetTokenHash: string },
): Promise<number> {
	const { email } = await signUp(db, { ...account, tokenHash: null });
	const expiresAt = await createReset(db, { email, tokenHash: resetTokenHash });
	if (expiresAt === undefined) throw new Error("The new account was not found.");
	return expiresAt;
}
