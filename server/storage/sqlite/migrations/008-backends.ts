/** The credentials with which a workspace's backends introspect its keys. */
export const backends = `
CREATE TABLE backend (
	id TEXT NOT NULL PRIMARY KEY,
	workspace_id TEXT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	-- SHA-256 of the secret.
	secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
	created_at INTEGER NOT NULL,
	created_by TEXT REFERENCES "user" ("id") ON DELETE SET NULL,
	last_used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX backend_by_workspace ON backend (workspace_id, created_at);
CREATE INDEX backend_by_maker ON backend (created_by) WHERE created_by IS NOT NULL;
`;
