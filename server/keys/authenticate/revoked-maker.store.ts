import { type RawBuilder, sql } from "kysely";

const ended = (key: string): RawBuilder<boolean> =>
	sql`m.workspace_id = ${sql.ref(`${key}.workspace_id`)} AND m.maker_id = ${sql.ref(`${key}.created_by`)}
		AND m.at >= ${sql.ref(`${key}.created_at`)}`;

/**
 * For selecting single keys, `k`: where `m.at` is not null, the key was revoked with its maker, though its row may not say so
 * yet.
 */
export const joinRevokedMaker = sql`LEFT JOIN revoked_maker m ON ${ended("k")}`;

/** The same condition for updating `api_key`. */
export const revokedWithMaker = sql<boolean>`EXISTS (SELECT 1 FROM revoked_maker m WHERE ${ended("api_key")})`;
