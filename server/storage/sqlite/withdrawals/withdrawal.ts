import type { Numbered } from "../../withdrawals/withdrawal.ts";
import type { SqliteDatabase } from "../open-database.ts";

const COLUMNS = "number, what, id, workspace_id AS workspaceId, detail, at";

/** Those after `number`, in order. */
export function withdrawalsAfter(db: SqliteDatabase, number: number, limit = -1): Numbered[] {
	return db
		.prepare<[number, number], Numbered>(
			`SELECT ${COLUMNS} FROM withdrawal WHERE number > ? AND at IS NOT NULL ORDER BY number LIMIT ?`,
		)
		.all(number, limit);
}
