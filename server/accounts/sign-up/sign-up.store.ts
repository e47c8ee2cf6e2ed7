import type { Account } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";
import { emailTaken } from "../sessions/refusals.ts";

export interface NewAccount {
	id: string;
	/** The id of the row that holds the password. */
	credentialId: string;
	name: string;
	/** As `cleanEmail` returns it. */
	email: string;
	passwordHash: string;
}

/** `verified`: whether the address is known to be the person's. */
export type InsertedAccount = NewAccount & { verified: boolean };

/**
 * Creates an account with a password, with the rows that Better Auth would write.
 * @throws ProblemError 422 `email_taken`; StorageError `unique` if a concurrent sign-up took the address first
 */
export async function insertAccount(db: Database, account: InsertedAccount): Promise<Account> {
	const { id, credentialId, name, email, passwordHash, verified } = account;
	await requireUnusedEmail(db, { email });
	const now = isoTime(db.now);
	const times = { createdAt: now, updatedAt: now };
	await db
		.insertInto("user")
		.values({ id, name, email, emailVerified: verified ? 1 : 0, ...times })
		.execute();
	await db
		.insertInto("account")
		.values({ id: credentialId, accountId: id, providerId: "credential", userId: id, password: passwordHash, ...times })
		.execute();
	return { id, name, email };
}

/** @throws ProblemError 422 `email_taken` */
export async function requireUnusedEmail(db: Database, { email }: { email: string }): Promise<void> {
	const user = await db.selectFrom("user").select("id").where("email", "=", email).executeTakeFirst();
	if (user !== undefined) throw emailTaken();
}
