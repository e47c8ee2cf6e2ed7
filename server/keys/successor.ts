/** For keys `n` beside a key `k`: those that were put into the same place. */
const SAME_PLACE = "n.workspace_id = k.workspace_id AND n.place_id = k.place_id AND n.sealed_at IS NOT NULL";

/** Of the newest such key. By an index that has no others, however often a key was replaced: what remains is to take its last. */
const newest = (columns: string, index: string, condition: string) =>
	`(SELECT ${columns} FROM api_key n INDEXED BY ${index} WHERE ${condition} ORDER BY n.created_at DESC LIMIT 1)`;

/** Of the active key that takes over from `k`: one made in its place, or the newest one in the same place. */
export const SUCCESSOR = (columns: string) =>
	[
		newest(columns, "api_key_successor", "n.replaces = k.id AND n.revoked_at IS NULL"),
		newest(
			columns,
			"api_key_active_by_place",
			`${SAME_PLACE} AND n.revoked_at IS NULL AND n.created_at > k.created_at`,
		),
	].join(",\n\t");

/** Of the last one made in its place that was ever put to use, active or not. */
export const LAST_SUCCESSOR = (columns: string) =>
	newest(columns, "api_key_replaces", "n.replaces = k.id AND (n.sealed_at IS NULL) = 0");

/** Of the one that was in the same place before. */
export const PREDECESSOR = (columns: string) =>
	newest(columns, "api_key_by_place", `${SAME_PLACE} AND n.created_at < k.created_at`);
