import { type RawBuilder, sql } from "kysely";

import { usedAt } from "../keys/usage/key-uses.store.ts";
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
	/** Differs after every use or refusal, also where a later time in another series hides it. */
	mark: number;
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

	async function latest(
		at: (table: string) => RawBuilder<number>,
		since: string,
		mark: RawBuilder<number>,
	): Promise<LatestUse[]> {
		const picked = sql`SELECT own.digest_prefix FROM api_key AS own
			WHERE own.workspace_id = w.id AND ${at("own")} > ${sql.ref(`w.${since}`)}
			ORDER BY ${at("own")} DESC LIMIT ${MAX_KEYS_PER_WORKSPACE}`;
		const { rows } = await sql<LatestUse>`
			SELECT w.id AS "workspaceId", k.id AS "keyId", ${at("k")} AS at, ${mark} AS mark
			FROM ${requested} AS w CROSS JOIN api_key AS k
			WHERE ${db.fragments.oneOf(sql.ref("k.digest_prefix"), picked)}`.execute(db);
		return rows;
	}

	return {
		used: await latest((table) => usedAt(db, table), "used_since", USES),
		refused: await latest(refusedAt, "refused_since", refusedAt("k")),
	};
}

/** None of these times ever decreases, so every use changes the sum. */
const USES = sql<number>`coalesce(k.last_used_at, 0) + coalesce(k.studio_used_at, 0) + coalesce(k.plugin_used_at, 0)`;

function refusedAt(table: string): RawBuilder<number> {
	return sql.ref(`${table}.last_refused_at`);
}
