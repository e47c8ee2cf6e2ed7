import { sql } from "kysely";

import type { Database } from "./database.ts";

/** How many withdrawals are not in the file yet, and up to which number it has them. */
export async function withdrawalLag(db: Database): Promise<{ waiting: number; mark: number }> {
	const { rows } = await sql<{ waiting: number; mark: number }>`
		SELECT coalesce((SELECT max(number) FROM withdrawal), 0) - m.number AS waiting, m.number AS mark
		FROM withdrawal_mark AS m`.execute(db);
	return rows[0] ?? { waiting: 0, mark: 0 };
}
