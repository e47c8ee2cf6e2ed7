import type { Transaction } from "../storage/storage.ts";
import type { Account } from "./account.ts";
import { emailTaken } from "./auth-errors.ts";
import { forgetResets } from "./credentials.ts";

export function changeName({ db, now }: Transaction, account: Account, name: string): Account {
	db.prepare('UPDATE "user" SET name = ?, updatedAt = ? WHERE id = ?').run(
		name,
		new Date(now).toISOString(),
		account.id,
	);
	return { ...account, name };
}

/**
 * Links that were sent to the old address set no password any more.
 * @throws ProblemError 422 `email_taken`
 */
export function changeEmail({ db, now }: Transaction, account: Account, email: string): Account {
	const owner = db.prepare<[string], string>('SELECT id FROM "user" WHERE email = ?').pluck().get(email);
	if (owner === account.id) return account;
	if (owner !== undefined) throw emailTaken("Give another one.");
	db.prepare('UPDATE "user" SET email = ?, emailVerified = 0, updatedAt = ? WHERE id = ?').run(
		email,
		new Date(now).toISOString(),
		account.id,
	);
	forgetResets(db, account.id);
	return { ...account, email };
}
