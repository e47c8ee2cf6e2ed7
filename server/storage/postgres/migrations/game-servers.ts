/** The game servers and places that use each key, and keys that are revoked once no server needs them. */
export const gameServers = `
ALTER TABLE api_key
	-- The last use by something that did not say which game server it is.
	ADD COLUMN last_without_server_at bigint,
	ADD COLUMN last_goodbye_at bigint,
	-- When servers, or places, were more than are kept.
	ADD COLUMN servers_dropped_at bigint,
	ADD COLUMN places_dropped_at bigint;
-- Which servers used keys until now was not kept.
UPDATE api_key SET last_without_server_at = last_used_at WHERE last_used_at IS NOT NULL;
CREATE INDEX api_key_goodbye ON api_key (workspace_id, last_goodbye_at) WHERE last_goodbye_at IS NOT NULL;

ALTER TABLE key_minute ADD COLUMN from_servers bigint NOT NULL DEFAULT 0;

CREATE TABLE key_server (
	key_id text COLLATE "C" NOT NULL REFERENCES api_key (id) ON DELETE CASCADE,
	job_id text COLLATE "C" NOT NULL,
	place_id bigint NOT NULL,
	place_version bigint NOT NULL,
	first_seen_at bigint NOT NULL,
	last_seen_at bigint NOT NULL,
	requests bigint NOT NULL,
	-- When it said goodbye, unless it was seen again.
	closed_at bigint,
	PRIMARY KEY (key_id, job_id)
);
CREATE INDEX key_server_by_time ON key_server (last_seen_at);
CREATE INDEX key_server_open ON key_server (key_id, last_seen_at) WHERE closed_at IS NULL;

CREATE TABLE key_place (
	key_id text COLLATE "C" NOT NULL REFERENCES api_key (id) ON DELETE CASCADE,
	place_id bigint NOT NULL,
	-- The greatest seen.
	place_version bigint NOT NULL,
	last_seen_at bigint NOT NULL,
	-- The last use by a server that did not promise a heartbeat.
	without_heartbeat_at bigint,
	PRIMARY KEY (key_id, place_id)
);
CREATE INDEX key_place_by_time ON key_place (last_seen_at);

CREATE TABLE retirement (
	key_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES api_key (id) ON DELETE CASCADE,
	replaced_by text COLLATE "C" REFERENCES api_key (id) ON DELETE SET NULL,
	since bigint NOT NULL,
	begun_by text COLLATE "C",
	state text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'asking', 'done')),
	-- Stretches of silence so far: all before counted_to (stretches since 1970) have been looked at.
	silent bigint NOT NULL,
	counted_to bigint NOT NULL,
	-- The key's last use when they were counted.
	last_used_at bigint,
	examined_at bigint NOT NULL,
	-- It is too old, and is not looked at again.
	asks_for_good bigint NOT NULL DEFAULT 0 CHECK (asks_for_good IN (0, 1))
);
CREATE INDEX retirement_by_successor ON retirement (replaced_by, state);
CREATE INDEX retirement_by_stretch ON retirement (counted_to) WHERE state <> 'done' AND asks_for_good = 0;
CREATE INDEX retirement_by_look ON retirement (examined_at) WHERE state <> 'done' AND asks_for_good = 0;
CREATE FUNCTION end_retirement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE retirement SET state = 'done' WHERE key_id = NEW.id;
	RETURN NULL;
END $$;
CREATE TRIGGER revoking_a_key_ends_its_retirement AFTER UPDATE OF revoked_at ON api_key
	FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION end_retirement();

-- Servers of this database, and up to when each has written what it counted.
CREATE TABLE server_process (
	id text COLLATE "C" NOT NULL PRIMARY KEY,
	-- Host name and port that it listens on. Null: not yet.
	address text COLLATE "C",
	committed_to bigint NOT NULL
);
-- Up to when any of them has run.
CREATE TABLE silence_clock (
	id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
	latest bigint NOT NULL
);
INSERT INTO silence_clock (id, latest) VALUES (1, 0);
-- Time of which silence says nothing: no server ran, or one crashed, stood still or jumped its clock.
CREATE TABLE silence_gap (
	began_at bigint NOT NULL,
	ended_at bigint NOT NULL,
	PRIMARY KEY (ended_at, began_at)
);

ALTER TABLE pairing ADD COLUMN retires_previous bigint NOT NULL DEFAULT 0
	CHECK (retires_previous = 0 OR (retires_previous = 1 AND proven_key_id IS NOT NULL AND previous_key_fate = 'keep'));
`;
