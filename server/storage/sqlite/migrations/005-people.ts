/** Invitations, activity, and people's answers to checklist questions that the server cannot answer itself. */
export const people = `
-- A deleted workspace's keys stay, revoked, so that anything still sending one is told why. It has no members.
ALTER TABLE workspace ADD COLUMN deleted_at INTEGER;
CREATE INDEX workspace_deleted ON workspace (deleted_at) WHERE deleted_at IS NOT NULL;
-- 1 once the keys of a deleted workspace are themselves marked as revoked.
ALTER TABLE workspace ADD COLUMN keys_ended INTEGER NOT NULL DEFAULT 0;
CREATE INDEX workspace_ending ON workspace (deleted_at) WHERE deleted_at IS NOT NULL AND keys_ended = 0;
-- One row for any number of keys: from then on, no process accepts any of them.
CREATE TRIGGER epoch_rises_when_a_workspace_is_deleted AFTER UPDATE OF deleted_at ON workspace
WHEN OLD.deleted_at IS NOT NEW.deleted_at BEGIN
	UPDATE authentication_epoch SET value = value + 1;
END;
-- Active keys by creator, for when someone leaves.
CREATE INDEX api_key_by_maker ON api_key (workspace_id, created_by, created_at) WHERE revoked_at IS NULL;
-- Members whose keys were revoked when they left: one row for all keys created until then, until the keys themselves
-- are marked.
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
	-- The invitation is deleted when its creator loses the right to invite.
	created_by TEXT,
	expires_at INTEGER NOT NULL,
	-- When it was used to create an account under SIGN_UP=invite, which each invitation allows once.
	signed_up_at INTEGER
) STRICT;
CREATE INDEX invitation_by_workspace ON invitation (workspace_id, created_at);
CREATE INDEX invitation_by_expiry ON invitation (expires_at);

CREATE TABLE activity (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	workspace_id TEXT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
	at INTEGER NOT NULL,
	kind TEXT NOT NULL,
	-- Ids and names at the time: the record outlives accounts. NULL for what happened automatically.
	actor_id TEXT,
	actor_name TEXT,
	address TEXT,
	key_id TEXT,
	person_id TEXT,
	person_name TEXT,
	-- A JSON object of strings.
	detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail))
) STRICT;
CREATE INDEX activity_by_workspace ON activity (workspace_id, id);
CREATE INDEX activity_by_key ON activity (key_id, id) WHERE key_id IS NOT NULL;
CREATE INDEX activity_by_actor ON activity (workspace_id, actor_id, id);
CREATE INDEX activity_by_person ON activity (workspace_id, person_id, id) WHERE person_id IS NOT NULL;

-- As before, and also the workspace's first activity.
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
