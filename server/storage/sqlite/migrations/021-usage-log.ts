/** As in the index that it is replaced by. */
const USED_AT = "max(coalesce(last_used_at, 0), coalesce(studio_used_at, 0), coalesce(plugin_used_at, 0))";

/** Counting a use writes to fewer places, and uses of many keys are noted first and counted later. */
export const usageLog = `
-- Every use of a key moved its entry in each of these. Those that remain serve their queries, too.
DROP INDEX api_key_by_use;
DROP INDEX api_key_active_by_used;
CREATE INDEX api_key_active_by_used ON api_key
	(workspace_id, ${USED_AT}, id, label_folded, place_name_folded, hint, revoked_at, created_at)
	WHERE revoked_at IS NULL;
CREATE INDEX api_key_by_workspace ON api_key (workspace_id, id);
DROP INDEX key_server_by_time;
DROP INDEX key_place_by_time;

-- Uses that are not counted yet. Those of keys whose ids are neighbours share a slot, and are counted together.
CREATE TABLE usage_log (
	slot INTEGER NOT NULL,
	-- When the earliest of them can have been, in milliseconds.
	since INTEGER NOT NULL,
	part TEXT NOT NULL,
	size INTEGER NOT NULL,
	-- So many, as JSON.
	uses TEXT NOT NULL,
	PRIMARY KEY (slot, since, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX usage_log_by_time ON usage_log (since);
`;
