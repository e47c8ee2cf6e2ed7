import { type RawBuilder, sql } from "kysely";

import { usedAt } from "../keys/usage/key-uses.store.ts";
import { loggedSince } from "../keys/usage/usage-log.store.ts";
import type { Database } from "../storage/database.ts";

/** If more keys are in use, the latest ones. */
const MAX_KEYS_PER_WORKSPACE = 200;

/** A workspace, and from when to read uses of its keys. Times are in milliseconds. */
export interface FollowedWorkspace {
	workspaceId: string;
	usedSince: number;
	refusedSince: number;
	closedSince: number;
}

/** When a key was last used, last refused, or a server of it last said goodbye, in milliseconds. */
export interface LatestUse {
	workspaceId: string;
	keyId: string;
	at: number;
	/** Differs after every use or refusal, also where a later time in another series hides it. */
	mark: number;
}

export interface LatestUses {
	/** Of uses that are not counted yet, and show up later. In milliseconds. */
	loggedSince: number | undefined;
	used: LatestUse[];
	refused: LatestUse[];
	closed: LatestUse[];
}

const NONE: LatestUses = { used: [], refused: [], closed: [], loggedSince: undefined };

/** The latest key uses, refusals and goodbyes in each of these workspaces. */
export async function findLatestUses(
	db: Database,
	{ followed }: { followed: readonly FollowedWorkspace[] },
): Promise<LatestUses> {
	if (followed.length === 0) return NONE;
	const requested = db.fragments.rows(
		followed.map(({ workspaceId, usedSince, refusedSince, closedSince }) => ({
			id: workspaceId,
			used_since: usedSince,
			refused_since: refusedSince,
			closed_since: closedSince,
		})),
		{ id: "text", used_since: "integer", refused_since: "integer", closed_since: "integer" },
	);

	async function latest(
		at: (table: string) => RawBuilder<number>,
		since: string,
		mark: RawBuilder<number>,
		indexes: readonly RawBuilder<unknown>[] = [sql`true`],
	): Promise<LatestUse[]> {
		const picks = indexes.map(
			(only) => sql`SELECT * FROM (
				SELECT own.digest_prefix FROM api_key AS own
				WHERE own.workspace_id = w.id AND ${at("own")} > ${sql.ref(`w.${since}`)} AND ${only}
				ORDER BY ${at("own")} DESC LIMIT ${MAX_KEYS_PER_WORKSPACE}
			) AS picked`,
		);
		const picked = sql.join(picks, sql` UNION ALL `);
		const { rows } = await sql<LatestUse>`
			SELECT w.id AS "workspaceId", k.id AS "keyId", ${at("k")} AS at, ${mark} AS mark
			FROM ${requested} AS w CROSS JOIN api_key AS k
			WHERE ${db.fragments.oneOf(sql.ref("k.digest_prefix"), picked)}`.execute(db);
		return rows;
	}

	return {
		used: await latest((table) => usedAt(db, table), "used_since", USES, BY_USE),
		refused: await latest(column("last_refused_at"), "refused_since", sql.ref("k.last_refused_at")),
		closed: await latest(column("last_goodbye_at"), "closed_since", sql.ref("k.last_goodbye_at")),
		loggedSince: await loggedSince(db),
	};
}

/** None of these times ever decreases, so every use changes the sum. */
const USES = sql<number>`coalesce(k.last_used_at, 0) + coalesce(k.studio_used_at, 0) + coalesce(k.plugin_used_at, 0)`;

/** What the two indexes by use have. */
const BY_USE = [sql`own.revoked_at IS NULL`, sql`own.revoked_at IS NOT NULL`];

const column =
	(name: string) =>
	(table: string): RawBuilder<number> =>
		sql.ref(`${table}.${name}`);
