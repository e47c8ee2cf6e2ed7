import { ProblemError } from "../http/problem.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Transaction } from "../storage/storage.ts";
import type { FoundSession } from "./sessions.ts";

const PASSWORD = `
SELECT account.password FROM account JOIN "user" ON "user".id = account.userId
WHERE account.providerId = 'credential' AND`;

/** The hash of an account's password. */
export function passwordHashOf(db: SqliteDatabase, accountId: string): string | undefined {
	return hashWhere(db, '"user".id = ?', accountId);
}

/** The same by e-mail address, in lower case. */
export function passwordHashByEmail(db: SqliteDatabase, email: string): string | undefined {
	return hashWhere(db, '"user".email = ?', email);
}

function hashWhere(db: SqliteDatabase, condition: string, value: string): string | undefined {
	return db.prepare<[string], string>(`${PASSWORD} ${condition}`).pluck().get(value);
}

/** A new password. Links to set another one are worth nothing from now on. */
export function setPassword({ db, now }: Transaction, accountId: string, hash: string): void {
	db.prepare("UPDATE account SET password = ?, updatedAt = ? WHERE userId = ? AND providerId = 'credential'").run(
		hash,
		new Date(now).toISOString(),
		accountId,
	);
	forgetResets(db, accountId);
}

export function forgetResets(db: SqliteDatabase, accountId: string): void {
	db.prepare("DELETE FROM password_reset WHERE account_id = ?").run(accountId);
}

/** Who asks for a change of an account, and the hash that the given password was compared with. */
export interface Proof {
	session: FoundSession;
	hash: string;
	/** The field that held the password. */
	field: string;
}

/**
 * That nothing happened to the proof while passwords were hashed: for the beginning of each transaction that needs one.
 * @throws ProblemError 401 `no_session`, 403 `wrong_password`
 */
export function requireStill(db: SqliteDatabase, { session, hash, field }: Proof): void {
	requireSessionStill(db, session);
	if (passwordHashOf(db, session.account.id) !== hash) throw wrongPassword(field);
}

/** @throws ProblemError 401 `no_session` where the session has ended since it was looked up */
export function requireSessionStill(db: SqliteDatabase, session: FoundSession): void {
	if (db.prepare("SELECT 1 FROM session WHERE id = ?").get(session.id) === undefined) throw noSession();
}

export function noSession(): ProblemError {
	return new ProblemError(401, "no_session", "You are not signed in. Sign in first.");
}

/** Not 401, which says that there is no session. */
export function wrongPassword(field: string): ProblemError {
	const message = "This is not your password.";
	return new ProblemError(403, "wrong_password", `${message} Check it and try again.`, {
		errors: [{ path: field, message }],
	});
}
