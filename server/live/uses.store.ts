import { sql } from "kysely";

import type { Database } from "../storage/database.ts";

/** If more keys are in use, the latest ones. */
const MAX_KEYS_PER_WORKSPACE = 200;

/** A workspace, and from when to read uses of its keys. Times are in milliseconds. */
export interface FollowedWorkspace {
	workspaceId: string;
	usedSince: number;
	refusedSince: number;
}

/** When a key was last used, or last refused, in milliseconds. */
export interface LatestUse {
	workspaceId: string;
	keyId: string;
	at: number;
}

export interface LatestUses {
	used: LatestUse[];
	refused: LatestUse[];
}

/** The latest key uses and refusals in each of these workspaces. */
export async function findLatestUses(
	db: Database,
	{ followed }: { followed: readonly FollowedWorkspace[] },
): Promise<LatestUses> {
	if (followed.length === 0) return { used: [], refused: [] };
	const requested = db.fragments.rows(
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
			ORDER BY ${at("own")} DESC LIMIT ${MAX_KEYS_PER_WORKSPACE}`;
		const { rows } = await sql<LatestUse>`
			SELECT w.id AS "workspaceId", k.id AS "keyId", ${at("k")} AS at
			FROM ${requested} AS w CROSS JOIN api_key AS k
			WHERE ${db.fragments.oneOf(sql.ref("k.digest_prefix"), picked)}`.execute(db);
		return rows;
	}

	return {
		used: await latest("last_used_at", "used_since"),
		refused: await latest("last_refused_at", "refused_since"),
	};
}
