import { sql } from "kysely";

import type { Database } from "../../storage/database.ts";
import { committedTo } from "../usage/processes.store.ts";
import { type Gap, readGaps } from "../usage/silence-gaps.store.ts";
import { STRETCH_MINUTES, STRETCH_MS, stretchOf } from "../usage/stretches.ts";
import { spanOfMinute } from "../usage/usage-entry.ts";

/** Where nothing was counted before: as far back as minutes are kept. */
const LOOKED_BACK = 12;
/** So much at once. Minutes are not kept for so long where the server runs. */
const MAX_COUNTED = 144;

/** How long a key was silent while a key that replaces it was used. */
export interface Silence {
	/** In stretches. */
	silent: number;
	/** In stretches since 1970: all before have been looked at. */
	countedTo: number;
	/** The key's last use by then. */
	lastUsedAt: number | null;
}

export interface SilenceQuery {
	lastUsedAt: number | null;
	/** The keys that replace it. */
	line: readonly string[];
	counted: Silence | undefined;
}

/**
 * Counts silence further. A stretch counts if a game server used one of the new keys in it, all servers on the database have
 * written what they counted in it, and they ran and heard everything. A use of the old key begins anew.
 */
export async function countSilence(db: Database, { lastUsedAt, line, counted }: SilenceQuery): Promise<Silence> {
	const end = stretchOf(await committedTo(db));
	const { silent, countedTo } = counted ?? { silent: 0, countedTo: end - LOOKED_BACK };
	const isUsedSince = counted !== undefined && counted.lastUsedAt !== lastUsedAt;
	const firstAfterUse = lastUsedAt === null ? 0 : stretchOf(lastUsedAt) + 1;
	const from = Math.max(countedTo, firstAfterUse, end - MAX_COUNTED);
	const added = from >= end ? [] : await findUsed(db, { line, from, end });
	const gaps = added.length === 0 ? [] : await readGaps(db, { stretch: from });
	const heard = added.filter((stretch) => !gaps.some((gap) => overlaps(stretch, gap)));
	return { silent: (isUsedSince ? 0 : silent) + heard.length, countedTo: Math.max(countedTo, end), lastUsedAt };
}

function overlaps(stretch: number, { from, to }: Gap): boolean {
	return stretch * STRETCH_MS < to && (stretch + 1) * STRETCH_MS > from;
}

/** The stretches in which a game server used one of these keys. */
async function findUsed(
	db: Database,
	{ line, from, end }: { line: readonly string[]; from: number; end: number },
): Promise<number[]> {
	const minutes = { first: from * STRETCH_MINUTES, last: end * STRETCH_MINUTES - 1 };
	// Spans come first, as in the primary key, so that each is one seek for each key.
	const { rows } = await sql<{ stretch: number }>`
		WITH RECURSIVE spans (span) AS (
			SELECT ${spanOfMinute(minutes.first)}
			UNION ALL SELECT span + 1 FROM spans WHERE span < ${spanOfMinute(minutes.last)}
		)
		SELECT DISTINCT used.minute / ${sql.lit(STRETCH_MINUTES)} AS stretch
		FROM spans CROSS JOIN key_minute AS used
		WHERE used.span = spans.span AND used.key_id IN ${db.fragments.list(line)}
			AND used.minute BETWEEN ${minutes.first} AND ${minutes.last} AND used.from_servers > 0`.execute(db);
	return rows.map(({ stretch }) => stretch);
}
