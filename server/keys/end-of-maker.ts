import { type RawBuilder, sql } from "kysely";

const ended = (key: string): RawBuilder<boolean> =>
	sql`m.workspace_id = ${sql.ref(`${key}.workspace_id`)} AND m.maker_id = ${sql.ref(`${key}.created_by`)}
		AND m.at >= ${sql.ref(`${key}.created_at`)}`;

/** For look-ups of single keys, `k`: where `m.at` is not null, the key ended with its maker, whatever its row still says. */
export const joinEndOfMaker = sql`LEFT JOIN revoked_maker m ON ${ended("k")}`;

/** The same for `api_key` where it is changed. */
export const endedWithMaker = sql<boolean>`EXISTS (SELECT 1 FROM revoked_maker m WHERE ${ended("api_key")})`;
