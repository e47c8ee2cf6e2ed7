/** Tokens of set-up links, as their SHA-256. Each can create the first account, and none is left once there is one. */
export const setupTokens = `
CREATE TABLE setup_token (
	token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
	-- By the clock of the server that printed it.
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER setup_token_needs_no_account BEFORE INSERT ON setup_token WHEN EXISTS (SELECT 1 FROM "user") BEGIN
	SELECT RAISE(ABORT, 'there is an account');
END;
CREATE TRIGGER setup_tokens_end AFTER INSERT ON "user" BEGIN DELETE FROM setup_token; END;
`;
