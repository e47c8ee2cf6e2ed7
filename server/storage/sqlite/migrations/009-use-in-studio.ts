/** The latest use in any series; 0: never used. Queries use exactly this expression. */
const USED_AT = "max(coalesce(last_used_at, 0), coalesce(studio_used_at, 0), coalesce(plugin_used_at, 0))";
/** The columns that a search reads, as in the indexes of the other orders. */
const SEARCHED = "id, label, place_name, hint, revoked_at";

/** Requests of playtests and of the plugin are counted too, apart from the game's. */
export const useInStudio = `
ALTER TABLE api_key ADD COLUMN studio_used_at INTEGER;
ALTER TABLE api_key ADD COLUMN plugin_used_at INTEGER;
DROP INDEX api_key_active_by_used;
DROP INDEX api_key_revoked_by_used;
DROP INDEX api_key_by_use;
-- No generated column: SQLite reads rows for it, even where the index has everything.
CREATE INDEX api_key_active_by_used ON api_key (workspace_id, ${USED_AT}, ${SEARCHED}) WHERE revoked_at IS NULL;
CREATE INDEX api_key_revoked_by_used ON api_key (workspace_id, ${USED_AT}, ${SEARCHED}) WHERE revoked_at IS NOT NULL;
CREATE INDEX api_key_by_use ON api_key (workspace_id, ${USED_AT}, id, created_at, revoked_at);

-- Key first, unlike key_usage: there are few rows, and a key's last day is one seek.
CREATE TABLE key_studio_usage (
	key_id TEXT NOT NULL,
	-- Hours since 1970.
	hour INTEGER NOT NULL,
	series TEXT NOT NULL CHECK (series IN ('studio', 'plugin')),
	accepted INTEGER NOT NULL,
	PRIMARY KEY (key_id, hour, series)
) STRICT, WITHOUT ROWID;
CREATE INDEX key_studio_usage_by_hour ON key_studio_usage (hour);
`;
