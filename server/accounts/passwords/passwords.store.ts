import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";

/** The hash of an account's password. */
export async function passwordHashOf(db: Database, { accountId }: { accountId: string }): Promise<string | undefined> {
	const account = await credentials(db).where("user.id", "=", accountId).executeTakeFirst();
	return account?.password ?? undefined;
}

/** The same by e-mail address, which must be in lower case. */
export async function passwordHashByEmail(db: Database, { email }: { email: string }): Promise<string | undefined> {
	const account = await credentials(db).where("user.email", "=", email).executeTakeFirst();
	return account?.password ?? undefined;
}

function credentials(db: Database) {
	return db
		.selectFrom("account")
		.innerJoin("user", "user.id", "account.userId")
		.select("account.password")
		.where("account.providerId", "=", "credential");
}

/** Also invalidates the account's password reset links. */
export async function setPassword(
	db: Database,
	{ accountId, hash }: { accountId: string; hash: string },
): Promise<void> {
	await db
		.updateTable("account")
		.set({ password: hash, updatedAt: isoTime(db.now) })
		.where("userId", "=", accountId)
		.where("providerId", "=", "credential")
		.execute();
	await deleteResets(db, { accountId });
}

/** Invalidates the account's password reset links. */
export async function deleteResets(db: Database, { accountId }: { accountId: string }): Promise<void> {
	await db.deleteFrom("password_reset").where("account_id", "=", accountId).execute();
}
