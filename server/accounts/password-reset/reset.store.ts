import type { Account } from "../../../shared/wire.ts";
import { ProblemError } from "../../errors/problem-error.ts";
import type { Database } from "../../storage/database.ts";
import { setPassword } from "../passwords/passwords.store.ts";
import { endAllSessions } from "../sessions/sessions.store.ts";

const LIFETIME_MS = 3_600_000;
/** The oldest are deleted. A repeated request means that the e-mail was lost. */
const MAX_PER_ACCOUNT = 3;

/** SHA-256 of the link's token, in hex: the token itself never reaches storage. */
interface ByToken {
	tokenHash: string;
}

/**
 * Stores a token that can set a new password once, within an hour. `email` is in lower case.
 * @returns its expiry in milliseconds; undefined if there is no such account
 */
export async function createReset(
	db: Database,
	{ email, tokenHash }: ByToken & { email: string },
): Promise<number | undefined> {
	const account = await db.selectFrom("user").select("id").where("email", "=", email).executeTakeFirst();
	if (account === undefined) {
		await writeDecoy(db);
		return undefined;
	}
	const token_hash = Buffer.from(tokenHash, "hex");
	const expiresAt = db.now + LIFETIME_MS;
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
		.limit(MAX_PER_ACCOUNT);
	await db
		.deleteFrom("password_reset")
		.where("account_id", "=", account.id)
		.where("token_hash", "not in", kept)
		.execute();
	return expiresAt;
}

/** Commits a write for unknown addresses too, so that the absence of one does not reveal them. */
async function writeDecoy(db: Database): Promise<void> {
	await db
		.updateTable("clock")
		.set((eb) => ({ latest: db.fragments.greatest(eb.ref("latest"), eb.val(db.now)) }))
		.execute();
}

/** The account whose password the token can set now. */
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
	// It may have been used while the password was hashed.
	const account = await accountOfReset(db, { tokenHash });
	if (account === undefined) throw expiredLink();
	await setPassword(db, { accountId: account.id, hash });
	await endAllSessions(db, { accountId: account.id });
}

export function expiredLink(): ProblemError {
	return new ProblemError(410, "expired_link", "This link was already used or has expired. Request a new one.");
}
