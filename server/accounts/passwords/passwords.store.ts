import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";

/** The hash of an account's password. */
export async function passwordHashOf(db: Database, { accountId }: { accountId: string }): Promise<string | undefined> {
	const account = await db
		.selectFrom("account")
		.select("password")
		.where("userId", "=", accountId)
		.where("providerId", "=", "credential")
		.executeTakeFirst();
	return account?.password ?? undefined;
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
