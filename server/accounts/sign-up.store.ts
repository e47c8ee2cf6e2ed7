import { isoTime } from "../clock.ts";
import { takeSignUp } from "../people/invitations.store.ts";
import type { Database } from "../storage/database.ts";
import { insertWorkspace } from "../workspaces/workspace.store.ts";
import type { Account } from "./account.ts";
import { emailTaken, invitationUsed } from "./refusals.ts";

export interface SignUp {
	/** The account's. */
	id: string;
	/** Of the row that holds the password. */
	credentialId: string;
	name: string;
	/** In lower case. */
	email: string;
	passwordHash: string;
	/** SHA-256 in hex, of the token of the invitation that allows it; null where none is needed. */
	tokenHash: string | null;
}

/**
 * Makes an account with a password and a workspace of its own, and uses up the invitation for that.
 * @throws ProblemError 403 `sign_up_closed`, 422 `email_taken`; StorageError `unique` where another sign-up won the race
 */
export async function signUp(db: Database, { tokenHash, ...account }: SignUp): Promise<Account> {
	const { id, name, email } = account;
	if (tokenHash !== null && !(await takeSignUp(db, { tokenHash }))) throw invitationUsed();
	if ((await accountWith(db, email).executeTakeFirst()) !== undefined) throw emailTaken();
	await insertAccount(db, account);
	// Without an address, as the first entry of every workspace so far.
	const actor = { accountId: id, address: null };
	await insertWorkspace(db, { actor, name: `${name}'s workspace` });
	return { id, name, email };
}

/** As Better Auth would. */
async function insertAccount(
	db: Database,
	{ id, credentialId, name, email, passwordHash }: Omit<SignUp, "tokenHash">,
): Promise<void> {
	const now = isoTime(db.now);
	const times = { createdAt: now, updatedAt: now };
	await db
		.insertInto("user")
		.values({ id, name, email, emailVerified: 0, ...times })
		.execute();
	await db
		.insertInto("account")
		.values({ id: credentialId, accountId: id, providerId: "credential", userId: id, password: passwordHash, ...times })
		.execute();
}

/**
 * Refuses what `signUp` would refuse, as far as one look can tell: before a password is hashed for it.
 * @throws ProblemError as `signUp`
 */
export async function checkSignUp(
	db: Database,
	{ email, tokenHash }: Pick<SignUp, "email" | "tokenHash">,
): Promise<void> {
	const used = db
		.selectFrom("invitation")
		.select("id")
		.where("token_hash", "=", Buffer.from(tokenHash ?? "", "hex"))
		.where("signed_up_at", "is not", null);
	const found = await db
		.selectNoFrom(({ exists }) => [exists(used).as("used"), exists(accountWith(db, email)).as("taken")])
		.executeTakeFirstOrThrow();
	if (Boolean(found.used)) throw invitationUsed();
	if (Boolean(found.taken)) throw emailTaken();
}

function accountWith(db: Database, email: string) {
	return db.selectFrom("user").select("id").where("email", "=", email);
}
