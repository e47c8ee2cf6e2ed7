/** Invitations, what happened in a workspace, and what its people say of what no server can know. */
export const people = `
-- A deleted workspace's keys stay, revoked, so that whoever still sends one is told why. Nobody is its member any more.
ALTER TABLE workspace ADD COLUMN deleted_at INTEGER;
CREATE INDEX workspace_deleted ON workspace (deleted_at) WHERE deleted_at IS NOT NULL;
-- 1 once the keys of a deleted workspace say themselves that they are revoked.
ALTER TABLE workspace ADD COLUMN keys_ended INTEGER NOT NULL DEFAULT 0;
CREATE INDEX workspace_ending ON workspace (deleted_at) WHERE deleted_at IS NOT NULL AND keys_ended = 0;
-- One row for all its keys, however many: none of them is accepted from then on, in any process.
CREATE TRIGGER epoch_rises_when_a_workspace_is_deleted AFTER UPDATE OF deleted_at ON workspace
WHEN OLD.deleted_at IS NOT NEW.deleted_at BEGIN
	UPDATE authentication_epoch SET value = value + 1;
END;
-- Whose keys are still in use, for when somebody leaves.
CREATE INDEX api_key_by_maker ON api_key (workspace_id, created_by, created_at) WHERE revoked_at IS NULL;
-- Whose keys went with them: one row for all that were made up to then, until the keys' own rows say so.
CREATE TABLE revoked_maker (
	workspace_id TEXT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
	maker_id TEXT NOT NULL,
	at INTEGER NOT NULL,
	revoked_by TEXT,
	PRIMARY KEY (workspace_id, maker_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER epoch_rises_when_keys_go_with_their_maker AFTER INSERT ON revoked_maker BEGIN
	UPDATE authentication_epoch SET value = value + 1;
END;

CREATE TABLE invitation (
	id TEXT NOT NULL PRIMARY KEY,
	workspace_id TEXT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
	-- SHA-256 of the token in the link.
	token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
	role TEXT NOT NULL CHECK (role IN ('admin', 'member')),
	created_at INTEGER NOT NULL,
	-- Deleted with its maker's right to invite.
	created_by TEXT,
	expires_at INTEGER NOT NULL,
	-- When an account was made on its word, where nobody may sign up without an invitation: one is enough.
	signed_up_at INTEGER
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

-- As before, and the workspace's record begins with it.
DROP TRIGGER account_gets_a_workspace;
CREATE TRIGGER account_gets_a_workspace AFTER INSERT ON "user" BEGIN
	INSERT INTO workspace (id, name, created_at)
	VALUES (
		'ws_' || lower(hex(randomblob(10))),
		NEW.name || '''s workspace',
		CAST(unixepoch(NEW."createdAt", 'subsec') * 1000 AS INTEGER)
	);
	INSERT INTO member (workspace_id, account_id, role, joined_at)
	SELECT id, NEW."id", 'owner', created_at FROM workspace WHERE rowid = last_insert_rowid();
	INSERT INTO activity (workspace_id, at, kind, actor_id, actor_name, detail)
	SELECT id, created_at, 'workspace.created', NEW."id", NEW.name, json_object('to', name)
	FROM workspace WHERE rowid = last_insert_rowid();
END;

CREATE TABLE checklist_answer (
	workspace_id TEXT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
	item TEXT NOT NULL,
	answered_at INTEGER NOT NULL,
	answered_by TEXT,
	PRIMARY KEY (workspace_id, item)
) STRICT, WITHOUT ROWID;
`;
