import { sql } from "kysely";

import type { Database } from "../storage/database.ts";

export interface BackendUse {
	id: string;
	/** In milliseconds. */
	at: number;
}

/** Writes when backends were last used. Deleted ones are dropped. */
export async function recordBackendUses(db: Database, { uses }: { uses: readonly BackendUse[] }): Promise<void> {
	const used = db.fragments.rows(
		uses.map(({ id, at }) => ({ id, at })),
		{ id: "text", at: "integer" },
	);
	await sql`
		UPDATE backend SET last_used_at = used.at FROM ${used} AS used
		WHERE backend.id = used.id AND (backend.last_used_at IS NULL OR backend.last_used_at < used.at)`.execute(db);
}
