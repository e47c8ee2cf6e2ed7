import type { Database } from "../storage/database.ts";
import type { Account } from "./account.ts";
import { setPassword } from "./credentials.store.ts";
import { expiredLink } from "./refusals.ts";
import { endAllSessions } from "./session-list.store.ts";

const LASTS_MS = 3_600_000;
/** Older ones are deleted: a repeated request means that the mail was lost. */
const MOST_PER_ACCOUNT = 3;

/** SHA-256 of a reset's token, in hex: the token itself never gets as far as here. */
interface ByToken {
	tokenHash: string;
}

/**
 * Lets a token set a new password for the account with this e-mail address, in lower case, once, for an hour.
 * @returns when that ends, in milliseconds; undefined where there is no such account
 */
export async function createReset(
	db: Database,
	{ email, tokenHash }: ByToken & { email: string },
): Promise<number | undefined> {
	const account = await db.selectFrom("user").select("id").where("email", "=", email).executeTakeFirst();
	if (account === undefined) {
		await writeSomething(db);
		return undefined;
	}
	const token_hash = Buffer.from(tokenHash, "hex");
	const expiresAt = db.now + LASTS_MS;
	await db.deleteFrom("password_reset").where("expires_at", "<=", db.now).execute();
	await db
		.insertInto("password_reset")
		.values({ token_hash, account_id: account.id, created_at: db.now, expires_at: expiresAt })
		.execute();
	const kept = db
		.selectFrom("password_reset")
		.select("token_hash")
		.where("account_id", "=", account.id)
		.orderBy((eb) => eb("token_hash", "=", token_hash), "desc")
		.orderBy("created_at", "desc")
		.limit(MOST_PER_ACCOUNT);
	await db
		.deleteFrom("password_reset")
		.where("account_id", "=", account.id)
		.where("token_hash", "not in", kept)
		.execute();
	return expiresAt;
}

/** A commit is what others could notice, so there is one for unknown addresses, too. */
async function writeSomething(db: Database): Promise<void> {
	await db
		.updateTable("clock")
		.set((eb) => ({ latest: db.fragments.greatest(eb.ref("latest"), eb.val(db.now)) }))
		.execute();
}

/** Whose password the token may set now, if anybody's. */
export async function accountOfReset(db: Database, { tokenHash }: ByToken): Promise<Account | undefined> {
	return db
		.selectFrom("password_reset")
		.innerJoin("user", "user.id", "password_reset.account_id")
		.select(["user.id", "user.name", "user.email"])
		.where("password_reset.token_hash", "=", Buffer.from(tokenHash, "hex"))
		.where("password_reset.expires_at", ">", db.now)
		.executeTakeFirst();
}

/** All sessions of the account end. @throws ProblemError 410 `expired_link` */
export async function resetPassword(db: Database, { tokenHash, hash }: ByToken & { hash: string }): Promise<void> {
	// Somebody else may have used it while the password was hashed.
	const account = await accountOfReset(db, { tokenHash });
	if (account === undefined) throw expiredLink();
	await setPassword(db, { accountId: account.id, hash });
	await endAllSessions(db, { accountId: account.id });
}
