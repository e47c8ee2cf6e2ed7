/**
 * Usage by outcome, per hour and, for the last hour, per minute; which key replaces which; how keys are listed. There
 * is an index for every sort order and state. Each ends with the columns that a search reads, so that a search without
 * matches reads only an index, no rows.
 */
const ORDERS = {
	created: "created_at",
	label: "label COLLATE NOCASE",
	used: "coalesce(last_used_at, 0)",
	requests: "requests_24h",
};

const orderIndexes = Object.entries(ORDERS).flatMap(([name, column]) =>
	["active", "revoked"].map(
		(state) => `CREATE INDEX api_key_${state}_by_${name} ON api_key
			(workspace_id, ${column}, id, label, place_name, hint, revoked_at)
			WHERE revoked_at IS ${state === "active" ? "NULL" : "NOT NULL"};`,
	),
);

/** Replaces a column that references accounts with a plain one: a reference cannot be altered. */
const withoutReference = (table: string, column: string) => `
	ALTER TABLE ${table} ADD COLUMN plain_${column} TEXT;
	UPDATE ${table} SET plain_${column} = ${column};
	ALTER TABLE ${table} DROP COLUMN ${column};
	ALTER TABLE ${table} RENAME COLUMN plain_${column} TO ${column};`;

export const usage = `
-- Hour first: rows that are written or deleted together are stored together. No foreign key, because every deleted key
-- would then read the whole table, and a key's rows are gone after 30 days anyway.
CREATE TABLE key_usage_by_hour (
	-- Hours since 1970.
	hour INTEGER NOT NULL,
	key_id TEXT NOT NULL,
	accepted INTEGER NOT NULL DEFAULT 0,
	refused INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (hour, key_id)
) STRICT, WITHOUT ROWID;
INSERT INTO key_usage_by_hour (hour, key_id, accepted) SELECT hour, key_id, accepted FROM key_usage;
DROP TABLE key_usage;
ALTER TABLE key_usage_by_hour RENAME TO key_usage;

-- One row for each used key: a ring of 60 counters.
CREATE TABLE key_last_hour (
	key_id TEXT NOT NULL PRIMARY KEY REFERENCES api_key (id) ON DELETE CASCADE,
	minutes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- A deleted account's id, which no longer means anything, stays in what it created, revoked or claimed: clearing a
-- hundred thousand of them in the transaction that deletes the account would take a second.
${withoutReference("api_key", "created_by")}
${withoutReference("api_key", "revoked_by")}
${withoutReference("pairing", "claimed_by")}
${withoutReference("pairing", "approved_by")}

-- When it was last sent after being revoked.
ALTER TABLE api_key ADD COLUMN last_refused_at INTEGER;
-- Requests in the last day according to key_usage, to sort lists by: incremented with every use, recounted hourly.
ALTER TABLE api_key ADD COLUMN requests_24h INTEGER NOT NULL DEFAULT 0;
-- Summed first: a subquery per key would read the last day of all keys again.
UPDATE api_key SET requests_24h = used.requests FROM (
	SELECT key_id, sum(accepted) AS requests FROM key_usage WHERE hour > unixepoch() / 3600 - 24 GROUP BY key_id
) AS used WHERE used.key_id = api_key.id;
-- The key that it was created to replace, in the same workspace.
ALTER TABLE api_key ADD COLUMN replaces TEXT REFERENCES api_key (id) ON DELETE SET NULL;
CREATE INDEX pairing_by_claimer ON pairing (claimed_by) WHERE claimed_by IS NOT NULL;
-- To find a key's newest successor that is active, or was ever used, among any number of them.
CREATE INDEX api_key_successor ON api_key (replaces, created_at) WHERE replaces IS NOT NULL AND revoked_at IS NULL;
CREATE INDEX api_key_replaces ON api_key (replaces, sealed_at IS NULL, created_at) WHERE replaces IS NOT NULL;
CREATE INDEX pairing_by_workspace ON pairing (workspace_id, ended_at) WHERE workspace_id IS NOT NULL;
-- The columns after the ids allow counting without reading rows.
CREATE INDEX api_key_by_place ON api_key (workspace_id, place_id, created_at)
	WHERE place_id IS NOT NULL AND sealed_at IS NOT NULL;
CREATE INDEX api_key_by_use ON api_key (workspace_id, last_used_at, id, created_at, revoked_at);

-- What the security checklist counts, besides keys by creator.
ALTER TABLE api_key ADD COLUMN label_core TEXT GENERATED ALWAYS AS (
	-- The label in lower case without trailing numbers; empty if it has fewer than three letters or digits.
	CASE WHEN octet_length(trim(label, ' -_.,:;!?#*+()[]/')) < 3 THEN ''
	ELSE lower(ltrim(rtrim(label, ' -_.,:;!?#*+()[]/0123456789'), ' -_.,:;!?#*+()[]/')) END
) VIRTUAL;
CREATE INDEX api_key_by_label_core ON api_key (workspace_id, label_core, id) WHERE revoked_at IS NULL;
CREATE INDEX api_key_taking_over ON api_key (workspace_id, replaces) WHERE replaces IS NOT NULL AND revoked_at IS NULL;
CREATE INDEX api_key_refused ON api_key (workspace_id, last_refused_at) WHERE last_refused_at IS NOT NULL;
CREATE INDEX api_key_active_by_place ON api_key (workspace_id, place_id, created_at)
	WHERE place_id IS NOT NULL AND sealed_at IS NOT NULL AND revoked_at IS NULL;

DROP INDEX api_key_newest;
${orderIndexes.join("\n")}

-- Each workspace's number of keys, so that they need not be counted.
CREATE TABLE key_count (
	workspace_id TEXT NOT NULL PRIMARY KEY REFERENCES workspace (id) ON DELETE CASCADE,
	active INTEGER NOT NULL,
	revoked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO key_count (workspace_id, active, revoked)
SELECT workspace_id, count(*) FILTER (WHERE revoked_at IS NULL), count(*) FILTER (WHERE revoked_at IS NOT NULL)
FROM api_key GROUP BY workspace_id;
CREATE TRIGGER a_new_key_is_counted AFTER INSERT ON api_key BEGIN
	INSERT INTO key_count (workspace_id, active, revoked)
	VALUES (NEW.workspace_id, NEW.revoked_at IS NULL, NEW.revoked_at IS NOT NULL)
	ON CONFLICT (workspace_id) DO UPDATE SET active = active + excluded.active, revoked = revoked + excluded.revoked;
END;
CREATE TRIGGER a_revoked_key_is_counted_as_such AFTER UPDATE OF revoked_at ON api_key
WHEN (OLD.revoked_at IS NULL) <> (NEW.revoked_at IS NULL) BEGIN
	UPDATE key_count SET
		active = active + (NEW.revoked_at IS NULL) - (OLD.revoked_at IS NULL),
		revoked = revoked + (NEW.revoked_at IS NOT NULL) - (OLD.revoked_at IS NOT NULL)
	WHERE workspace_id = NEW.workspace_id;
END;
CREATE TRIGGER a_deleted_key_counts_no_more AFTER DELETE ON api_key BEGIN
	UPDATE key_count SET active = active - (OLD.revoked_at IS NULL), revoked = revoked - (OLD.revoked_at IS NOT NULL)
	WHERE workspace_id = OLD.workspace_id;
END;
`;
