/** Requests with an `Idempotency-Key` that created a key. No references: the rows are gone after a day. */
export const creationRequests = `
CREATE TABLE creation_request (
	account_id TEXT NOT NULL,
	workspace_id TEXT NOT NULL,
	-- SHA-256 of the header, and of the body.
	request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
	body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
	key_id TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	PRIMARY KEY (account_id, workspace_id, request_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX creation_request_by_time ON creation_request (created_at);
`;
