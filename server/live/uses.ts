import type { KeyUse } from "../../shared/wire.ts";
import { HOURS_SHOWN, type KeyRow, SELECT_KEY, toKey } from "../keys/key-row.ts";
import { hourOf, minuteOf } from "../keys/usage-entry.ts";
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
	const find = connection.prepare<object, KeyRow>(`${SELECT_KEY} WHERE k.id = :id`);

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

		return (now: number): KeyUse[] => {
			const shown = { since: hourOf(now) - HOURS_SHOWN + 1, sinceMinute: minuteOf(now) - 59 };
			return [...advanced()].slice(0, MOST_KEYS_AT_ONCE).flatMap((id) => {
				const row = find.get({ id, ...shown });
				return row === undefined ? [] : [useOf(row)];
			});
		};
	}

	return { follow };
}

export type UseFollower = ReturnType<ReturnType<typeof createUses>["follow"]>;

function useOf(row: KeyRow): KeyUse {
	const { id, lastUsedAt, firstServerAt, lastServerAt, requests24h, requests1h, hourly, lastRefusedAt } = toKey(row);
	return { id, lastUsedAt, firstServerAt, lastServerAt, requests24h, requests1h, hourly, lastRefusedAt };
}
