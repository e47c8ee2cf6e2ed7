import type { Account } from "../../../shared/wire.ts";
import type { Database } from "../../storage/database.ts";

export interface Credentials {
	account: Account;
	/** Of the password. */
	hash: string;
}

/** Who signs in with this address, which must be as `cleanEmail` returns it. Undefined if there is no such account. */
export async function credentialsOf(db: Database, { email }: { email: string }): Promise<Credentials | undefined> {
	const found = await db
		.selectFrom("user")
		.innerJoin("account", "account.userId", "user.id")
		.select(["user.id", "user.name", "user.email", "account.password"])
		.where("user.email", "=", email)
		.where("account.providerId", "=", "credential")
		.executeTakeFirst();
	if (found === undefined || found.password === null) return undefined;
	const { password, ...account } = found;
	return { account, hash: password };
}

/** The password hash of the address's latest sign-up that still has to be verified. */
export async function pendingPasswordHash(db: Database, { email }: { email: string }): Promise<string | undefined> {
	const pending = await db
		.selectFrom("pending_sign_up")
		.select("password_hash as hash")
		.where("email", "=", email)
		.where("expires_at", ">", db.now)
		.orderBy("created_at", "desc")
		.limit(1)
		.executeTakeFirst();
	return pending?.hash;
}
