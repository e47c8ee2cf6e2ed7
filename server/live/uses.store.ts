import { sql } from "kysely";

import type { Database } from "../storage/database.ts";

/** Of a workspace in which more are in use, the latest. */
const MOST_KEYS_OF_ONE = 200;

/** A workspace, and since when uses of its keys are asked for. Milliseconds. */
export interface FollowedWorkspace {
	workspaceId: string;
	usedSince: number;
	refusedSince: number;
}

/** When a key was last used, or last refused. Milliseconds. */
export interface LatestUse {
	workspaceId: string;
	keyId: string;
	at: number;
}

export interface LatestUses {
	used: LatestUse[];
	refused: LatestUse[];
}

/** The latest uses and refusals of keys since then, for each of these workspaces. */
export async function findLatestUses(
	db: Database,
	{ followed }: { followed: readonly FollowedWorkspace[] },
): Promise<LatestUses> {
	if (followed.length === 0) return { used: [], refused: [] };
	const asked = db.fragments.rows(
		followed.map(({ workspaceId, usedSince, refusedSince }) => ({
			id: workspaceId,
			used_since: usedSince,
			refused_since: refusedSince,
		})),
		{ id: "text", used_since: "integer", refused_since: "integer" },
	);

	async function latest(column: string, since: string): Promise<LatestUse[]> {
		const at = (table: string) => sql.ref(`${table}.${column}`);
		const picked = sql`SELECT own.digest_prefix FROM api_key AS own
			WHERE own.workspace_id = w.id AND ${at("own")} > ${sql.ref(`w.${since}`)}
			ORDER BY ${at("own")} DESC LIMIT ${MOST_KEYS_OF_ONE}`;
		const { rows } = await sql<LatestUse>`
			SELECT w.id AS "workspaceId", k.id AS "keyId", ${at("k")} AS at
			FROM ${asked} AS w CROSS JOIN api_key AS k
			WHERE ${db.fragments.oneOf(sql.ref("k.digest_prefix"), picked)}`.execute(db);
		return rows;
	}

	return {
		used: await latest("last_used_at", "used_since"),
		refused: await latest("last_refused_at", "refused_since"),
	};
}
