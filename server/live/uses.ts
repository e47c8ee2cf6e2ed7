import type { KeyUse } from "../../shared/wire.ts";
import { readUses } from "../keys/key-use.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";

/** Of a workspace in which more are in use, the latest. */
const MOST_KEYS_AT_ONCE = 200;
/** Several processes write what they gathered at times of their own: late news is looked for this far back. */
const LATENESS_MS = 15_000;

interface Use {
	id: string;
	at: number;
}

const LATEST = (column: string) => `
SELECT id, ${column} AS at FROM api_key WHERE workspace_id = :workspaceId AND ${column} > :since
ORDER BY ${column} DESC LIMIT ${MOST_KEYS_AT_ONCE}`;

/** Follows when the keys of workspaces were last used, and last refused. */
export function createUses(connection: SqliteDatabase) {
	const latest = [
		connection.prepare<object, Use>(LATEST("last_used_at")),
		connection.prepare<object, Use>(LATEST("last_refused_at")),
	];

	/** The keys of one workspace whose use is news at each call; what was used before the first one is none. */
	function follow(workspaceId: string) {
		const seen = latest.map(() => ({ since: 0, at: new Map<string, number>() }));

		function advanced(): Set<string> {
			const ids = new Set<string>();
			latest.forEach((statement, index) => {
				const before = seen[index];
				if (before === undefined) return;
				const uses = statement.all({ workspaceId, since: before.since });
				for (const { id, at } of uses) if (before.at.get(id) !== at) ids.add(id);
				const since = uses[0] === undefined ? before.since : Math.max(before.since, uses[0].at - LATENESS_MS);
				seen[index] = { since, at: new Map(uses.map(({ id, at }) => [id, at])) };
			});
			return ids;
		}
		advanced();

		return (now: number): KeyUse[] => readUses(connection, [...advanced()].slice(0, MOST_KEYS_AT_ONCE), now);
	}

	return { follow };
}

export type UseFollower = ReturnType<ReturnType<typeof createUses>["follow"]>;
