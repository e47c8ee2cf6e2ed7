import type { ActivityKind, LiveTopic } from "../../shared/wire.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import { ALL_TOPICS, topicsOf } from "./topics.ts";

/** More than happens between two looks, unless somebody floods the record. */
const MOST_ROWS = 1_000;
/** Of one workspace in a flood: whoever shows it looks at all of it again. */
const MOST_ROWS_OF_ONE = 200;

interface Row {
	workspaceId: string;
	kind: ActivityKind;
}

const AFTER = `
SELECT workspace_id AS workspaceId, kind FROM activity WHERE id > :last AND id <= :until LIMIT ${MOST_ROWS}`;
const OF_ONE = `
SELECT workspace_id AS workspaceId, kind FROM activity INDEXED BY activity_by_workspace
WHERE workspace_id = :workspaceId AND id > :last AND id <= :until LIMIT ${MOST_ROWS_OF_ONE}`;

/** Follows the record of activity, into which every change writes in its own transaction. */
export function createChanges(connection: SqliteDatabase) {
	const newest = connection.prepare<[], number>("SELECT coalesce(max(id), 0) FROM activity").pluck();
	const after = connection.prepare<object, Row>(AFTER);
	const ofOne = connection.prepare<object, Row>(OF_ONE);
	let last = newest.get() ?? 0;

	/** However much happens in other workspaces, it costs no more than a seek for each of these. */
	function inFlood(workspaceId: string, until: number): Set<LiveTopic> {
		const rows = ofOne.all({ workspaceId, last, until });
		return new Set(rows.length === MOST_ROWS_OF_ONE ? ALL_TOPICS : rows.flatMap(({ kind }) => topicsOf(kind)));
	}

	return {
		/** What happened up to now is no news. */
		skip(): void {
			last = newest.get() ?? 0;
		},
		/** What changed in these workspaces, and perhaps in others, since the last call. */
		read(workspaceIds: Iterable<string>): Map<string, Set<LiveTopic>> {
			const until = newest.get() ?? 0;
			const rows = after.all({ last, until });
			const byWorkspace = new Map<string, Set<LiveTopic>>();
			if (rows.length < MOST_ROWS) {
				for (const { workspaceId, kind } of rows) {
					byWorkspace.set(workspaceId, new Set([...(byWorkspace.get(workspaceId) ?? []), ...topicsOf(kind)]));
				}
			} else {
				for (const workspaceId of workspaceIds) byWorkspace.set(workspaceId, inFlood(workspaceId, until));
			}
			last = until;
			return byWorkspace;
		},
	};
}
