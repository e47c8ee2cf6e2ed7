/** Counting a use writes to fewer places, and uses of many keys are noted first and counted later. */
export const usageLog = `
-- Every use of a key moved its entry in each of these. Those that remain serve their queries, too.
DROP INDEX api_key_by_use;
CREATE INDEX api_key_by_workspace ON api_key (workspace_id, id);
DROP INDEX key_server_by_time;
DROP INDEX key_place_by_time;

-- Uses that are not counted yet. Those of keys whose ids are neighbours share a slot, and are counted together.
CREATE TABLE usage_log (
	slot bigint NOT NULL,
	-- When the earliest of them can have been, in milliseconds.
	since bigint NOT NULL,
	part text COLLATE "C" NOT NULL,
	size bigint NOT NULL,
	-- So many, as JSON.
	uses text COLLATE "C" NOT NULL,
	PRIMARY KEY (slot, since, part)
);
CREATE INDEX usage_log_by_time ON usage_log (since);
`;
