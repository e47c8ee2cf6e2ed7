import { sql } from "kysely";

import type { ActivityKind, LiveTopic } from "../../shared/wire.ts";
import type { Database } from "../storage/database.ts";
import { ALL_TOPICS, topicsOf } from "./topics.ts";

/** More than happens between two polls, unless a client floods the activity. */
const MAX_ENTRIES = 1_000;
/** Per workspace in a flood. Above it, all topics count as changed. */
const MAX_ENTRIES_PER_WORKSPACE = 200;

export interface Changes {
	/** The id of the newest activity entry. */
	until: number;
	byWorkspace: [workspaceId: string, topics: LiveTopic[]][];
	/** Topics that may have changed in all other workspaces. */
	elsewhere: readonly LiveTopic[];
}

/** The id of the newest activity entry. Every change writes one in its own transaction. */
export async function newestChange(db: Database): Promise<number> {
	const { id } = await db
		.selectFrom("activity")
		.select(({ fn }) => fn.max<number | null>("id").as("id"))
		.executeTakeFirstOrThrow();
	return id ?? 0;
}

/** The changes after an activity entry, at least in these workspaces. */
export async function readChanges(
	db: Database,
	{ after, workspaceIds }: { after: number; workspaceIds: readonly string[] },
): Promise<Changes> {
	const until = await newestChange(db);
	const entries = await db
		.selectFrom("activity")
		.select(["workspace_id as workspaceId", "kind"])
		.where("id", ">", after)
		.limit(MAX_ENTRIES)
		.execute();
	if (entries.length === MAX_ENTRIES) {
		return { until, byWorkspace: await readFlood(db, after, workspaceIds), elsewhere: ALL_TOPICS };
	}
	const byWorkspace = Object.entries(Object.groupBy(entries, ({ workspaceId }) => workspaceId));
	return { until, byWorkspace: byWorkspace.map(([id, own = []]) => [id, topicsOfAll(own)]), elsewhere: [] };
}

/** Takes one seek per workspace, however much happens in others. */
async function readFlood(
	db: Database,
	after: number,
	workspaceIds: readonly string[],
): Promise<Changes["byWorkspace"]> {
	const requested = db.fragments.rows(
		workspaceIds.map((id) => ({ id })),
		{ id: "text" },
	);
	const picked = sql`SELECT own.id FROM activity AS own ${db.fragments.index("activity_by_workspace")}
		WHERE own.workspace_id = w.id AND own.id > ${after} LIMIT ${MAX_ENTRIES_PER_WORKSPACE}`;
	const { rows } = await sql<{ workspaceId: string; kind: ActivityKind; count: number }>`
		SELECT w.id AS "workspaceId", a.kind, count(*) AS count
		FROM ${requested} AS w CROSS JOIN activity AS a WHERE ${db.fragments.oneOf(sql.ref("a.id"), picked)}
		GROUP BY w.id, a.kind`.execute(db);
	const byWorkspace = Object.groupBy(rows, ({ workspaceId }) => workspaceId);
	return workspaceIds.map((id) => {
		const kinds = byWorkspace[id] ?? [];
		const isFlooded = kinds.reduce((sum, { count }) => sum + count, 0) === MAX_ENTRIES_PER_WORKSPACE;
		return [id, isFlooded ? [...ALL_TOPICS] : topicsOfAll(kinds)];
	});
}

function topicsOfAll(entries: readonly { kind: ActivityKind }[]): LiveTopic[] {
	return [...new Set(entries.flatMap(({ kind }) => topicsOf(kind)))];
}
