/** Use by outcome, by hour and for the last hour by minute; which key took which one's place; what lists are sorted by. */
export const usage = `
ALTER TABLE key_usage ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
CREATE INDEX key_usage_by_hour ON key_usage (hour);

CREATE TABLE key_usage_minute (
	key_id TEXT NOT NULL REFERENCES api_key (id) ON DELETE CASCADE,
	-- Minutes since 1970.
	minute INTEGER NOT NULL,
	accepted INTEGER NOT NULL,
	PRIMARY KEY (key_id, minute)
) STRICT, WITHOUT ROWID;
CREATE INDEX key_usage_minute_by_minute ON key_usage_minute (minute);

-- When somebody last tried it after it was revoked.
ALTER TABLE api_key ADD COLUMN last_refused_at INTEGER;
-- The key it was made to take the place of, of the same workspace.
ALTER TABLE api_key ADD COLUMN replaces TEXT REFERENCES api_key (id) ON DELETE SET NULL;
CREATE INDEX api_key_replaces ON api_key (replaces) WHERE replaces IS NOT NULL;
-- What follows the ids is for counting without a look at the rows.
CREATE INDEX api_key_by_place ON api_key (workspace_id, place_id, created_at, revoked_at) WHERE place_id IS NOT NULL;
CREATE INDEX api_key_by_label ON api_key (workspace_id, label COLLATE NOCASE, id, revoked_at);
CREATE INDEX api_key_by_use ON api_key (workspace_id, last_used_at, id, created_at, revoked_at);

-- What the security checklist counts, besides keys by their maker.
ALTER TABLE api_key ADD COLUMN label_core TEXT GENERATED ALWAYS AS (
	-- A label in small letters without the numbers at its end; empty where fewer than three letters or digits are in it.
	CASE WHEN octet_length(trim(label, ' -_.,:;!?#*+()[]/')) < 3 THEN ''
	ELSE lower(ltrim(rtrim(label, ' -_.,:;!?#*+()[]/0123456789'), ' -_.,:;!?#*+()[]/')) END
) VIRTUAL;
CREATE INDEX api_key_by_label_core ON api_key (workspace_id, label_core, id) WHERE revoked_at IS NULL;
CREATE INDEX api_key_by_age ON api_key (workspace_id, created_at) WHERE revoked_at IS NULL;
CREATE INDEX api_key_taking_over ON api_key (workspace_id, replaces) WHERE replaces IS NOT NULL AND revoked_at IS NULL;
CREATE INDEX api_key_refused ON api_key (workspace_id, last_refused_at) WHERE last_refused_at IS NOT NULL;
`;
