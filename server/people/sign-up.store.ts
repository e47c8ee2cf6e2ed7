import type { Account } from "../../shared/wire.ts";
import { createReset } from "../accounts/password-reset/reset.store.ts";
import { expiredLink } from "../accounts/sessions/refusals.ts";
import type { Permission } from "../accounts/sign-up/create-sign-up.ts";
import { takePendingSignUp } from "../accounts/sign-up/pending.store.ts";
import { invitationUsed, setupTokenInvalid } from "../accounts/sign-up/refusals.ts";
import { canSetUp } from "../accounts/sign-up/setup.store.ts";
import { insertAccount, type InsertedAccount, type NewAccount } from "../accounts/sign-up/sign-up.store.ts";
import type { Database } from "../storage/database.ts";
import { insertWorkspace } from "../workspaces/workspace.store.ts";
import { claimSignUp } from "./invitations.store.ts";

export type NewSignUp = NewAccount & Permission;

/**
 * Creates an account with its first workspace, and uses up what allows the sign-up. The first account ends all
 * set-up tokens, by a trigger.
 * @throws ProblemError 403 `sign_up_closed` or `setup_token_invalid`, 410 `expired_link`, and as `insertAccount`
 */
export async function signUp(
	db: Database,
	{ setup, invitation, verification, ...account }: NewSignUp,
): Promise<Account> {
	if (setup !== undefined && !(await canSetUp(db, { tokenHash: setup }))) throw setupTokenInvalid();
	if (invitation !== undefined && !(await claimSignUp(db, { tokenHash: invitation }))) throw invitationUsed();
	if (verification !== undefined && !(await takePendingSignUp(db, { tokenHash: verification }))) throw expiredLink();
	// Someone with an invitation may sign up with any address: it proves nothing about the address.
	const verified = setup !== undefined || verification !== undefined;
	return createAccount(db, { ...account, verified });
}

async function createAccount(db: Database, account: InsertedAccount): Promise<Account> {
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
	const { email } = await createAccount(db, { ...account, verified: true });
	const expiresAt = await createReset(db, { email, tokenHash: resetTokenHash });
	if (expiresAt === undefined) throw new Error("The new account was not found.");
	return expiresAt;
}
