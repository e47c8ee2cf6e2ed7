import { type RawBuilder, sql } from "kysely";

const matchesMaker = (key: string): RawBuilder<boolean> =>
	sql`m.workspace_id = ${sql.ref(`${key}.workspace_id`)} AND m.maker_id = ${sql.ref(`${key}.created_by`)}
		AND m.at >= ${sql.ref(`${key}.created_at`)}`;

/**
 * For selecting single keys `k`. If `m.at` is not null, the key was revoked because its creator left, even if its own row
 * does not say so yet.
 */
export const joinRevokedMaker = sql`LEFT JOIN revoked_maker m ON ${matchesMaker("k")}`;

/** The same condition, for updates of `api_key`. */
export const revokedWithMaker = sql<boolean>`EXISTS (SELECT 1 FROM revoked_maker m WHERE ${matchesMaker("api_key")})`;
