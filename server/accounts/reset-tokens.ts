import { hash, randomBytes } from "node:crypto";

import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Transaction } from "../storage/storage.ts";
import type { Account } from "./account.ts";

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const LASTS_MS = 3_600_000;
/** Older ones go: whoever asks again did not get the mail, or lost it. */
const MOST_PER_ACCOUNT = 3;

export interface ResetLink {
	link: string;
	/** Milliseconds since 1970. */
	expiresAt: number;
}

/** A link that sets a new password for the account, once, for an hour. It is in what this returns, and nowhere else. */
export function createResetLink({ db, now }: Transaction, accountId: string, publicUrl: string): ResetLink {
	const token = randomBytes(TOKEN_BYTES).toString("base64url");
	const expiresAt = now + LASTS_MS;
	db.prepare("DELETE FROM password_reset WHERE expires_at <= ?").run(now);
	db.prepare("INSERT INTO password_reset (token_hash, account_id, created_at, expires_at) VALUES (?, ?, ?, ?)").run(
		hashOf(token),
		accountId,
		now,
		expiresAt,
	);
	db.prepare(
		`DELETE FROM password_reset WHERE account_id = :accountId AND token_hash NOT IN (
			SELECT token_hash FROM password_reset WHERE account_id = :accountId
			ORDER BY token_hash = :newest DESC, created_at DESC LIMIT ${MOST_PER_ACCOUNT}
		)`,
	).run({ accountId, newest: hashOf(token) });
	// Behind the #, so that no server, proxy or referrer ever sees it.
	return { link: `${publicUrl}/reset#${token}`, expiresAt };
}

/** Whose password the token may set now, if anybody's. */
export function accountOfReset(db: SqliteDatabase, token: string, now: number): Account | undefined {
	if (!TOKEN.test(token)) return undefined;
	return db
		.prepare<[Buffer, number], Account>(
			`SELECT "user".id, "user".name, "user".email FROM password_reset
			JOIN "user" ON "user".id = password_reset.account_id
			WHERE password_reset.token_hash = ? AND password_reset.expires_at > ?`,
		)
		.get(hashOf(token), now);
}

function hashOf(token: string): Buffer {
	return hash("sha256", token, "buffer");
}
