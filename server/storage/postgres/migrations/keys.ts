/** Keys as their SHA-256, how they are listed and counted, and their usage. */
const USED = "greatest(coalesce(last_used_at, 0), coalesce(studio_used_at, 0), coalesce(plugin_used_at, 0))";
const ORDERS = { created: "created_at", label: "label_folded", used: `(${USED})`, requests: "requests_24h" };

/** Without the columns that a search reads: a folded text may be longer than an index entry of PostgreSQL. */
const orderIndexes = Object.entries(ORDERS).flatMap(([name, column]) =>
	["active", "revoked"].map(
		(state) => `CREATE INDEX api_key_${state}_by_${name} ON api_key (workspace_id, ${column}, id)
			WHERE revoked_at IS ${state === "active" ? "NULL" : "NOT NULL"};`,
	),
);

export const keys = `
CREATE TABLE api_key (
	-- The digest's first eight bytes.
	digest_prefix bigint NOT NULL PRIMARY KEY,
	digest bytea NOT NULL CHECK (octet_length(digest) = 32),
	id text COLLATE "C" NOT NULL UNIQUE,
	workspace_id text COLLATE "C" NOT NULL REFERENCES workspace (id) ON DELETE RESTRICT,
	label text COLLATE "C" NOT NULL,
	label_folded text COLLATE "C" NOT NULL DEFAULT '',
	-- The folded label without trailing numbers; empty if it has fewer than three letters or digits.
	label_core text COLLATE "C" GENERATED ALWAYS AS (
		CASE WHEN octet_length(btrim(label_folded, ' -_.,:;!?#*+()[]/')) < 3 THEN ''
		ELSE ltrim(rtrim(label_folded, ' -_.,:;!?#*+()[]/0123456789'), ' -_.,:;!?#*+()[]/') END
	) STORED,
	hint text COLLATE "C" NOT NULL CHECK (char_length(hint) = 4),
	origin text COLLATE "C" NOT NULL CHECK (origin IN ('dashboard', 'studio')),
	place_id text COLLATE "C",
	universe_id text COLLATE "C",
	place_name text COLLATE "C",
	place_name_folded text COLLATE "C",
	created_at bigint NOT NULL,
	-- A deleted account's id, which no longer means anything, stays.
	created_by text COLLATE "C",
	-- A key from a pairing is unsealed until its first use, which must come before confirm_by.
	sealed_at bigint,
	confirm_by bigint,
	last_used_at bigint,
	studio_used_at bigint,
	plugin_used_at bigint,
	first_server_at bigint,
	last_server_at bigint,
	revoked_at bigint,
	revoked_by text COLLATE "C",
	revoked_reason text COLLATE "C",
	-- When it was last sent after being revoked.
	last_refused_at bigint,
	-- Requests in the last day according to key_usage: incremented with every use, recounted hourly.
	requests_24h bigint NOT NULL DEFAULT 0,
	-- The key that it was created to replace, in the same workspace.
	replaces text COLLATE "C" REFERENCES api_key (id) ON DELETE SET NULL,
	CHECK (sealed_at IS NOT NULL OR confirm_by IS NOT NULL)
);
${orderIndexes.join("\n")}
CREATE INDEX api_key_unconfirmed ON api_key (confirm_by) WHERE sealed_at IS NULL AND revoked_at IS NULL;
CREATE INDEX api_key_active_by_place ON api_key (workspace_id, place_id, created_at)
	WHERE place_id IS NOT NULL AND sealed_at IS NOT NULL AND revoked_at IS NULL;
CREATE INDEX api_key_by_place ON api_key (workspace_id, place_id, created_at)
	WHERE place_id IS NOT NULL AND sealed_at IS NOT NULL;
CREATE INDEX api_key_by_label_core ON api_key (workspace_id, label_core, id) WHERE revoked_at IS NULL;
CREATE INDEX api_key_by_maker ON api_key (workspace_id, created_by, created_at) WHERE revoked_at IS NULL;
CREATE INDEX api_key_by_use ON api_key (workspace_id, (${USED}), id, created_at, revoked_at);
CREATE INDEX api_key_refused ON api_key (workspace_id, last_refused_at) WHERE last_refused_at IS NOT NULL;
CREATE INDEX api_key_replaces ON api_key (replaces, (sealed_at IS NULL), created_at) WHERE replaces IS NOT NULL;
CREATE INDEX api_key_successor ON api_key (replaces, created_at) WHERE replaces IS NOT NULL AND revoked_at IS NULL;
CREATE INDEX api_key_taking_over ON api_key (workspace_id, replaces) WHERE replaces IS NOT NULL AND revoked_at IS NULL;

CREATE TRIGGER epoch_is_renewed_when_a_key_is_deleted AFTER DELETE ON api_key
	FOR EACH ROW EXECUTE FUNCTION renew_epoch();
CREATE TRIGGER epoch_is_renewed_when_a_key_is_moved AFTER UPDATE OF workspace_id ON api_key
	FOR EACH ROW WHEN (OLD.workspace_id <> NEW.workspace_id) EXECUTE FUNCTION renew_epoch();
CREATE TRIGGER epoch_is_renewed_when_a_key_is_renamed AFTER UPDATE OF label ON api_key
	FOR EACH ROW WHEN (OLD.label <> NEW.label) EXECUTE FUNCTION renew_epoch();
CREATE TRIGGER epoch_is_renewed_when_a_key_is_revoked AFTER UPDATE OF revoked_at ON api_key
	FOR EACH ROW WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at) EXECUTE FUNCTION renew_epoch();

-- Each workspace's number of keys, so that they need not be counted.
CREATE TABLE key_count (
	workspace_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES workspace (id) ON DELETE CASCADE,
	active bigint NOT NULL,
	revoked bigint NOT NULL
);
CREATE FUNCTION count_key(workspace text, active_change int, revoked_change int) RETURNS void LANGUAGE sql AS $$
	INSERT INTO key_count (workspace_id, active, revoked) VALUES (workspace, active_change, revoked_change)
	ON CONFLICT (workspace_id) DO UPDATE SET
		active = key_count.active + excluded.active, revoked = key_count.revoked + excluded.revoked
$$;
CREATE FUNCTION count_new_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM count_key(
		workspace_id,
		(count(*) FILTER (WHERE revoked_at IS NULL))::int,
		(count(*) FILTER (WHERE revoked_at IS NOT NULL))::int
	) FROM new_keys GROUP BY workspace_id;
	RETURN NULL;
END $$;
-- Once for all that a statement adds: each row's update would walk over what the earlier ones have left.
CREATE TRIGGER new_keys_are_counted AFTER INSERT ON api_key REFERENCING NEW TABLE AS new_keys
	FOR EACH STATEMENT EXECUTE FUNCTION count_new_keys();
CREATE FUNCTION count_changed_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF (OLD.revoked_at IS NULL) = (NEW.revoked_at IS NULL) THEN
			RETURN NULL;
		END IF;
		PERFORM count_key(NEW.workspace_id, (NEW.revoked_at IS NULL)::int, (NEW.revoked_at IS NOT NULL)::int);
	END IF;
	UPDATE key_count SET
		active = active - (OLD.revoked_at IS NULL)::int, revoked = revoked - (OLD.revoked_at IS NOT NULL)::int
	WHERE workspace_id = OLD.workspace_id;
	RETURN NULL;
END $$;
CREATE TRIGGER changed_keys_are_counted AFTER DELETE OR UPDATE OF revoked_at ON api_key
	FOR EACH ROW EXECUTE FUNCTION count_changed_key();

-- Members whose keys were revoked when they left: one row for all keys created until then, until the keys themselves
-- are marked.
CREATE TABLE revoked_maker (
	workspace_id text COLLATE "C" NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
	maker_id text COLLATE "C" NOT NULL,
	at bigint NOT NULL,
	revoked_by text COLLATE "C",
	PRIMARY KEY (workspace_id, maker_id)
);
CREATE TRIGGER epoch_is_renewed_when_keys_go_with_their_maker AFTER INSERT OR UPDATE ON revoked_maker
	FOR EACH ROW EXECUTE FUNCTION renew_epoch();

CREATE TABLE key_usage (
	-- Hours since 1970.
	hour bigint NOT NULL,
	key_id text COLLATE "C" NOT NULL,
	accepted bigint NOT NULL DEFAULT 0,
	refused bigint NOT NULL DEFAULT 0,
	PRIMARY KEY (hour, key_id)
);
CREATE TABLE key_minute (
	-- Minutes since 1970, divided by ten.
	span bigint NOT NULL,
	key_id text COLLATE "C" NOT NULL,
	-- Minutes since 1970.
	minute bigint NOT NULL,
	accepted bigint NOT NULL,
	PRIMARY KEY (span, key_id, minute)
);
CREATE TABLE key_studio_usage (
	key_id text COLLATE "C" NOT NULL,
	-- Hours since 1970.
	hour bigint NOT NULL,
	series text COLLATE "C" NOT NULL CHECK (series IN ('studio', 'plugin')),
	accepted bigint NOT NULL,
	PRIMARY KEY (key_id, hour, series)
);
CREATE INDEX key_studio_usage_by_hour ON key_studio_usage (hour);

-- Batches of counts that were added, so that one whose answer was lost is added once.
CREATE TABLE usage_batch (
	id text COLLATE "C" NOT NULL PRIMARY KEY,
	at bigint NOT NULL
);
CREATE INDEX usage_batch_by_time ON usage_batch (at);

-- Requests with an Idempotency-Key that created a key. No references: the rows are gone after a day.
CREATE TABLE creation_request (
	account_id text COLLATE "C" NOT NULL,
	workspace_id text COLLATE "C" NOT NULL,
	-- SHA-256 of the header, and of the body.
	request_hash bytea NOT NULL CHECK (octet_length(request_hash) = 32),
	body_hash bytea NOT NULL CHECK (octet_length(body_hash) = 32),
	key_id text COLLATE "C" NOT NULL,
	created_at bigint NOT NULL,
	PRIMARY KEY (account_id, workspace_id, request_hash)
);
CREATE INDEX creation_request_by_time ON creation_request (created_at);
`;
