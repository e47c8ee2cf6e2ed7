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

export async function findWhoamiDetails(db: Database, { keyId }: { keyId: string }): Promise<WhoamiDetails> {
	// Each is one look at an index: a key may replace very many.
	const has = (state: RetirementState) =>
		sql`EXISTS (SELECT 1 FROM retirement WHERE replaced_by = k.id AND state = ${sql.lit(state)})`;
	const { rows } = await sql<WhoamiDetails>`
		SELECT k.last_server_at AS "lastServerAt",
			CASE WHEN ${has("asking")} THEN 'asking' WHEN ${has("waiting")} THEN 'waiting' WHEN ${has("done")} THEN 'done' END
				AS rotation
		FROM api_key AS k WHERE k.id = ${keyId}`.execute(db);
	return rows[0] ?? { lastServerAt: null, rotation: null };
}
