import { sql } from "kysely";

import type { ActivityKind, LiveTopic } from "../../shared/wire.ts";
import type { Database } from "../storage/database.ts";
import { ALL_TOPICS, topicsOf } from "./topics.ts";

/** More than happens between two looks, unless somebody floods the record. */
const MOST_ENTRIES = 1_000;
/** Of one workspace in a flood: pages that show it look at all of it again. */
const MOST_ENTRIES_OF_ONE = 200;

export interface Changes {
	/** The id of the newest entry that there was. */
	until: number;
	byWorkspace: [workspaceId: string, topics: LiveTopic[]][];
	/** What may have changed in workspaces that are not listed. */
	elsewhere: readonly LiveTopic[];
}

/** The id of the newest entry in the record of activity, into which every change writes in its own transaction. */
export async function newestChange(db: Database): Promise<number> {
	const { id } = await db
		.selectFrom("activity")
		.select(({ fn }) => fn.max<number | null>("id").as("id"))
		.executeTakeFirstOrThrow();
	return id ?? 0;
}

/** What changed after that entry, in these workspaces at least. */
export async function readChanges(
	db: Database,
	{ after, workspaceIds }: { after: number; workspaceIds: readonly string[] },
): Promise<Changes> {
	const until = await newestChange(db);
	const entries = await db
		.selectFrom("activity")
		.select(["workspace_id as workspaceId", "kind"])
		.where("id", ">", after)
		.limit(MOST_ENTRIES)
		.execute();
	if (entries.length === MOST_ENTRIES) {
		return { until, byWorkspace: await readFlood(db, after, workspaceIds), elsewhere: ALL_TOPICS };
	}
	const byWorkspace = Object.entries(Object.groupBy(entries, ({ workspaceId }) => workspaceId));
	return { until, byWorkspace: byWorkspace.map(([id, own = []]) => [id, topicsOfAll(own)]), elsewhere: [] };
}

/** However much happens in other workspaces, it costs no more than a seek for each of these. */
async function readFlood(
	db: Database,
	after: number,
	workspaceIds: readonly string[],
): Promise<Changes["byWorkspace"]> {
	const asked = db.fragments.rows(
		workspaceIds.map((id) => ({ id })),
		{ id: "text" },
	);
	const picked = sql`SELECT own.id FROM activity AS own ${db.fragments.index("activity_by_workspace")}
		WHERE own.workspace_id = w.id AND own.id > ${after} LIMIT ${MOST_ENTRIES_OF_ONE}`;
	const { rows } = await sql<{ workspaceId: string; kind: ActivityKind; count: number }>`
		SELECT w.id AS "workspaceId", a.kind, count(*) AS count
		FROM ${asked} AS w CROSS JOIN activity AS a WHERE ${db.fragments.oneOf(sql.ref("a.id"), picked)}
		GROUP BY w.id, a.kind`.execute(db);
	const byWorkspace = Object.groupBy(rows, ({ workspaceId }) => workspaceId);
	return workspaceIds.map((id) => {
		const kinds = byWorkspace[id] ?? [];
		const isFlooded = kinds.reduce((sum, { count }) => sum + count, 0) === MOST_ENTRIES_OF_ONE;
		return [id, isFlooded ? [...ALL_TOPICS] : topicsOfAll(kinds)];
	});
}

function topicsOfAll(entries: readonly { kind: ActivityKind }[]): LiveTopic[] {
	return [...new Set(entries.flatMap(({ kind }) => topicsOf(kind)))];
}
