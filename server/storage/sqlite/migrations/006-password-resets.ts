/** Password reset links, as the SHA-256 of their tokens, and an index of sessions by expiry. */
export const passwordResets = `
CREATE TABLE password_reset (
	token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
	account_id TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX password_reset_by_account ON password_reset (account_id);
CREATE INDEX session_by_expiry ON "session" ("expiresAt");
`;
