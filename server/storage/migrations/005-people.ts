/** Invitations, what happened in a workspace, and what its people say of what no server can know. */
export const people = `
-- A deleted workspace's keys stay, revoked, so that whoever still sends one is told why. Nobody is its member any more.
ALTER TABLE workspace ADD COLUMN deleted_at INTEGER;

CREATE TABLE invitation (
	id TEXT NOT NULL PRIMARY KEY,
	workspace_id TEXT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
	-- SHA-256 of the token in the link.
	token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
	role TEXT NOT NULL CHECK (role IN ('admin', 'member')),
	created_at INTEGER NOT NULL,
	created_by TEXT REFERENCES "user" ("id") ON DELETE SET NULL,
	expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX invitation_by_workspace ON invitation (workspace_id, created_at);
CREATE INDEX invitation_by_expiry ON invitation (expires_at);

CREATE TABLE activity (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	workspace_id TEXT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
	at INTEGER NOT NULL,
	kind TEXT NOT NULL,
	-- Ids and names as they were: the record outlives accounts. NULL for what happened by itself.
	actor_id TEXT,
	actor_name TEXT,
	address TEXT,
	key_id TEXT,
	person_id TEXT,
	person_name TEXT,
	-- A JSON object of texts.
	detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail))
) STRICT;
CREATE INDEX activity_by_workspace ON activity (workspace_id, id);
CREATE INDEX activity_by_key ON activity (key_id, id) WHERE key_id IS NOT NULL;
CREATE INDEX activity_by_actor ON activity (workspace_id, actor_id, id);
CREATE INDEX activity_by_person ON activity (workspace_id, person_id, id) WHERE person_id IS NOT NULL;

CREATE TABLE checklist_answer (
	workspace_id TEXT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
	item TEXT NOT NULL,
	answered_at INTEGER NOT NULL,
	answered_by TEXT REFERENCES "user" ("id") ON DELETE SET NULL,
	PRIMARY KEY (workspace_id, item)
) STRICT, WITHOUT ROWID;
`;
