/**
 * Sign-ups that wait for their address to be verified, what happened to accounts, reviews after a first reset, and the
 * latest end of a session.
 */
export const provenAddresses = `
-- Accounts from before this count as verified.
UPDATE "user" SET "emailVerified" = 1;

-- Become accounts when the mailed link is opened. One address may have several, each with its own password.
CREATE TABLE pending_sign_up (
	token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
	email TEXT NOT NULL,
	name TEXT NOT NULL,
	password_hash TEXT NOT NULL,
	-- From which it was sent, as homeNetworkOf returns it.
	network TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_sign_up_by_email ON pending_sign_up (email, created_at);
CREATE INDEX pending_sign_up_by_expiry ON pending_sign_up (expires_at);

CREATE TABLE account_event (
	id INTEGER NOT NULL PRIMARY KEY,
	account_id TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
	-- The latest time, if count is not 1.
	at INTEGER NOT NULL,
	kind TEXT NOT NULL,
	address TEXT,
	user_agent TEXT,
	count INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX account_event_by_account ON account_event (account_id, at);
CREATE INDEX account_event_by_time ON account_event (at);

-- Accounts whose owner has yet to look at what was made before the address was proven.
CREATE TABLE account_review (
	account_id TEXT NOT NULL PRIMARY KEY REFERENCES "user" ("id") ON DELETE CASCADE,
	since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- However often it is renewed, a session ends 30 days after it began.
CREATE TRIGGER session_ends_after_30_days AFTER UPDATE OF "expiresAt" ON "session"
WHEN NEW."expiresAt" > strftime('%Y-%m-%dT%H:%M:%fZ', NEW."createdAt", '+30 days') BEGIN
	UPDATE "session" SET "expiresAt" = strftime('%Y-%m-%dT%H:%M:%fZ', "createdAt", '+30 days') WHERE "id" = NEW."id";
END;
UPDATE "session" SET "expiresAt" = "expiresAt";
`;
