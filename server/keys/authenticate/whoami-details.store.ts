import { sql } from "kysely";

import type { RetirementState } from "../../../shared/wire.ts";
import type { Database } from "../../storage/database.ts";

/** What `whoami` says besides the verdict. */
export interface WhoamiDetails {
	/** When a game server last used the key, in milliseconds, as of the last flush. */
	lastServerAt: number | null;
	/** Of the keys that it replaces: `asking` if one asks, `waiting` if one waits, else `done`. Null: there are none. */
	rotation: RetirementState | null;
}

const STATES: RetirementState[] = ["asking", "waiting", "done"];

export async function findWhoamiDetails(db: Database, { keyId }: { keyId: string }): Promise<WhoamiDetails> {
	const place = sql`CASE state ${sql.join(
		STATES.map((state, place) => sql`WHEN ${sql.lit(state)} THEN ${sql.lit(place)}`),
		sql` `,
	)} END`;
	const { rows } = await sql<{ lastServerAt: number | null; place: number | null }>`
		SELECT k.last_server_at AS "lastServerAt",
			(SELECT min(${place}) FROM retirement WHERE replaced_by = k.id) AS place
		FROM api_key AS k WHERE k.id = ${keyId}`.execute(db);
	const [row] = rows;
	return { lastServerAt: row?.lastServerAt ?? null, rotation: STATES[row?.place ?? -1] ?? null };
}
