import type { Account } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";
import { type Client, recordAccountEvent } from "../activity/account-events.store.ts";
import { setPassword } from "../passwords/passwords.store.ts";
import { expiredLink } from "../sessions/refusals.ts";
import { endAllSessions } from "../sessions/sessions.store.ts";

const LIFETIME_MS = 3_600_000;
/** The oldest are deleted. A repeated request means that the e-mail was lost. */
const MAX_PER_ACCOUNT = 3;

/** SHA-256 of the link's token, in hex: the token itself never reaches storage. */
interface ByToken {
	tokenHash: string;
}

/**
 * Stores a token that can set a new password once, within an hour. `email` is as `cleanEmail` returns it.
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

export interface NewPassword extends ByToken {
	hash: string;
	client: Client;
}

/**
 * Sets a new password, which proves that the address is the person's: the link was mailed to it, or handed over by the
 * server's administrator. All sessions of the account end.
 * @returns the account, and whether its address had not been proven before
 * @throws ProblemError 410 `expired_link`
 */
export async function resetPassword(
	db: Database,
	{ tokenHash, hash, client }: NewPassword,
): Promise<{ accountId: string; isFirstProof: boolean }> {
	// It may have been used while the password was hashed.
	const account = await accountOfReset(db, { tokenHash });
	if (account === undefined) throw expiredLink();
	const accountId = account.id;
	await setPassword(db, { accountId, hash });
	await endAllSessions(db, { accountId });
	await recordAccountEvent(db, { accountId, kind: "password_reset", client });
	return { accountId, isFirstProof: await proveAddress(db, accountId) };
}

/** False if the address had been proven before. */
async function proveAddress(db: Database, accountId: string): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable("user")
		.set({ emailVerified: 1, updatedAt: isoTime(db.now) })
		.where("id", "=", accountId)
		.where("emailVerified", "=", 0)
		.executeTakeFirstOrThrow();
	return numUpdatedRows > 0n;
}
