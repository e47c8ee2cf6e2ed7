/** Pairings (RFC 8628), wrong user codes, and the latest time that was ever stored. */
export const pairings = `
CREATE TABLE pairing (
	id TEXT NOT NULL PRIMARY KEY,
	device_code_hash BLOB NOT NULL UNIQUE CHECK (length(device_code_hash) = 32),
	user_code TEXT NOT NULL UNIQUE,
	status TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'issued', 'sealed', 'denied', 'expired')),
	intent TEXT NOT NULL CHECK (intent IN ('connect', 'reconnect')),
	place_id TEXT,
	universe_id TEXT,
	place_name TEXT,
	studio_user_id TEXT,
	-- The key id that Studio reported: a claim, resolved only for people who may manage that key.
	reported_key_id TEXT,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	ended_at INTEGER,
	claimed_by TEXT REFERENCES "user" ("id") ON DELETE SET NULL,
	approved_by TEXT REFERENCES "user" ("id") ON DELETE SET NULL,
	workspace_id TEXT REFERENCES workspace (id) ON DELETE SET NULL,
	label TEXT,
	previous_key_fate TEXT CHECK (previous_key_fate IN ('keep', 'revoke')),
	salt BLOB CHECK (length(salt) = 32),
	key_id TEXT UNIQUE REFERENCES api_key (id) ON DELETE SET NULL,
	CHECK ((salt IS NOT NULL) = (status IN ('approved', 'issued'))),
	CHECK ((ended_at IS NOT NULL) = (status IN ('sealed', 'denied', 'expired')))
) STRICT;
CREATE INDEX pairing_live ON pairing (expires_at) WHERE ended_at IS NULL;
CREATE INDEX pairing_ended ON pairing (ended_at) WHERE ended_at IS NOT NULL;

-- However an unsealed key is revoked or deleted, its pairing ends, and the key cannot be derived again.
CREATE TRIGGER revoking_an_unsealed_key_ends_its_pairing AFTER UPDATE OF revoked_at ON api_key
WHEN NEW.revoked_at IS NOT NULL AND NEW.sealed_at IS NULL BEGIN
	UPDATE pairing SET status = 'denied', salt = NULL, ended_at = NEW.revoked_at
	WHERE key_id = NEW.id AND status = 'issued';
END;
CREATE TRIGGER deleting_an_unsealed_key_ends_its_pairing BEFORE DELETE ON api_key BEGIN
	UPDATE pairing SET status = 'denied', salt = NULL, ended_at = OLD.created_at
	WHERE key_id = OLD.id AND status = 'issued';
END;

CREATE TABLE wrong_user_code (
	id INTEGER NOT NULL PRIMARY KEY,
	account_id TEXT NOT NULL,
	address TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX wrong_user_code_by_account ON wrong_user_code (account_id, at);
CREATE INDEX wrong_user_code_by_address ON wrong_user_code (address, at);

CREATE TABLE clock (
	id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	latest INTEGER NOT NULL
) STRICT;
INSERT INTO clock (id, latest) VALUES (1, 0);
`;
