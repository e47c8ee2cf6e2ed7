import type { ActivityKind, LiveTopic } from "../../shared/wire.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import { topicsOf } from "./topics.ts";

/** More than anybody does between two looks; what is above it comes with the next look. */
const MOST_ROWS_AT_ONCE = 1_000;

interface Row {
	id: number;
	workspaceId: string;
	kind: ActivityKind;
}

/** Follows the record of activity, into which every change writes in its own transaction. */
export function createChanges(connection: SqliteDatabase) {
	const newest = connection.prepare<[], number>("SELECT coalesce(max(id), 0) FROM activity").pluck();
	const after = connection.prepare<[number], Row>(
		`SELECT id, workspace_id AS workspaceId, kind FROM activity WHERE id > ? ORDER BY id LIMIT ${MOST_ROWS_AT_ONCE}`,
	);
	let last = newest.get() ?? 0;

	return {
		/** What happened up to now is no news. */
		skip(): void {
			last = newest.get() ?? 0;
		},
		/** What changed since the last call, by workspace. `more`: there is more to read at once. */
		read(): { byWorkspace: Map<string, Set<LiveTopic>>; more: boolean } {
			const rows = after.all(last);
			last = rows.at(-1)?.id ?? last;
			const byWorkspace = new Map<string, Set<LiveTopic>>();
			for (const { workspaceId, kind } of rows) {
				const topics = byWorkspace.get(workspaceId) ?? new Set();
				for (const topic of topicsOf(kind)) topics.add(topic);
				byWorkspace.set(workspaceId, topics);
			}
			return { byWorkspace, more: rows.length === MOST_ROWS_AT_ONCE };
		},
	};
}
