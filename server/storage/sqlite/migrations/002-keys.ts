/** Keys as their SHA-256, their usage, and the epoch that invalidates caches. */
export const keys = `
CREATE TABLE api_key (
	-- The digest's first eight bytes: an integer primary key is SQLite's fastest lookup.
	digest_prefix INTEGER NOT NULL PRIMARY KEY,
	digest BLOB NOT NULL CHECK (length(digest) = 32),
	id TEXT NOT NULL UNIQUE,
	workspace_id TEXT NOT NULL REFERENCES workspace (id) ON DELETE RESTRICT,
	label TEXT NOT NULL,
	hint TEXT NOT NULL CHECK (length(hint) = 4),
	origin TEXT NOT NULL CHECK (origin IN ('dashboard', 'studio')),
	place_id TEXT,
	universe_id TEXT,
	place_name TEXT,
	created_at INTEGER NOT NULL,
	created_by TEXT REFERENCES "user" ("id") ON DELETE SET NULL,
	-- A key from a pairing is unsealed until its first use, which must come before confirm_by.
	sealed_at INTEGER,
	confirm_by INTEGER,
	last_used_at INTEGER,
	first_server_at INTEGER,
	last_server_at INTEGER,
	revoked_at INTEGER,
	revoked_by TEXT REFERENCES "user" ("id") ON DELETE SET NULL,
	revoked_reason TEXT,
	CHECK (sealed_at IS NOT NULL OR confirm_by IS NOT NULL)
) STRICT;
CREATE INDEX api_key_newest ON api_key (workspace_id, created_at DESC, id DESC);
CREATE INDEX api_key_unconfirmed ON api_key (confirm_by) WHERE sealed_at IS NULL AND revoked_at IS NULL;

CREATE TABLE key_usage (
	key_id TEXT NOT NULL REFERENCES api_key (id) ON DELETE CASCADE,
	-- Hours since 1970.
	hour INTEGER NOT NULL,
	accepted INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (key_id, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE authentication_epoch (
	id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	value INTEGER NOT NULL
) STRICT;
INSERT INTO authentication_epoch (id, value) VALUES (1, 1);

CREATE TRIGGER epoch_rises_when_a_key_changes AFTER UPDATE OF revoked_at, label, workspace_id ON api_key
WHEN OLD.revoked_at IS NOT NEW.revoked_at OR OLD.label <> NEW.label OR OLD.workspace_id <> NEW.workspace_id BEGIN
	UPDATE authentication_epoch SET value = value + 1;
END;
CREATE TRIGGER epoch_rises_when_a_key_is_deleted AFTER DELETE ON api_key BEGIN
	UPDATE authentication_epoch SET value = value + 1;
END;
CREATE TRIGGER epoch_rises_when_a_workspace_is_renamed AFTER UPDATE OF name ON workspace WHEN OLD.name <> NEW.name BEGIN
	UPDATE authentication_epoch SET value = value + 1;
END;
`;
