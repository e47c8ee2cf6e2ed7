import { isoTime } from "../clock.ts";
import type { Database } from "../storage/database.ts";
import { noSession, wrongPassword } from "./refusals.ts";

/** Who asks for a change of an account, and the hash that the given password was compared with. */
export interface Proof {
	sessionId: string;
	accountId: string;
	hash: string;
	/** The field that held the password. */
	field: string;
}

/** The hash of an account's password. */
export async function passwordHashOf(db: Database, { accountId }: { accountId: string }): Promise<string | undefined> {
	const account = await credentials(db).where("user.id", "=", accountId).executeTakeFirst();
	return account?.password ?? undefined;
}

/** The same by e-mail address, in lower case. */
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

/** A new password. Links to set another one are worth nothing from now on. */
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
	await forgetResets(db, { accountId });
}

/** Links that were sent to set a new password set none any more. */
export async function forgetResets(db: Database, { accountId }: { accountId: string }): Promise<void> {
	await db.deleteFrom("password_reset").where("account_id", "=", accountId).execute();
}

/**
 * That nothing happened to the proof while passwords were hashed: for the beginning of each transaction that needs one.
 * @throws ProblemError 401 `no_session`, 403 `wrong_password`
 */
export async function requireUnchanged(db: Database, { sessionId, accountId, hash, field }: Proof): Promise<void> {
	await requireLiveSession(db, { sessionId });
	if ((await passwordHashOf(db, { accountId })) !== hash) throw wrongPassword(field);
}

/** @throws ProblemError 401 `no_session` where the session has ended since it was looked up */
export async function requireLiveSession(db: Database, { sessionId }: { sessionId: string }): Promise<void> {
	const session = await db.selectFrom("session").select("id").where("id", "=", sessionId).executeTakeFirst();
	if (session === undefined) throw noSession();
}
