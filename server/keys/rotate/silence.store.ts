import { sql } from "kysely";

import type { Database } from "../../storage/database.ts";
import { readSilenceClock } from "../usage/processes.store.ts";
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
 * Counts silence further. A stretch counts if a game server used one of the new keys in it, and every server on the
 * database has written what it counted in it. A use of the old key begins anew.
 */
export async function countSilence(db: Database, { lastUsedAt, line, counted }: SilenceQuery): Promise<Silence> {
	const clock = await readSilenceClock(db);
	const end = stretchOf(clock.to);
	const { silent, countedTo } = counted ?? { silent: 0, countedTo: end - LOOKED_BACK };
	const isUsedSince = counted !== undefined && counted.lastUsedAt !== lastUsedAt;
	const firstAfterUse = lastUsedAt === null ? 0 : stretchOf(lastUsedAt) + 1;
	const from = Math.max(countedTo, firstAfterUse, Math.ceil(clock.from / STRETCH_MS), end - MAX_COUNTED);
	const added = from >= end ? 0 : await countUsed(db, { line, from, end });
	return { silent: (isUsedSince ? 0 : silent) + added, countedTo: Math.max(countedTo, end), lastUsedAt };
}

/** The stretches in which a game server used one of these keys. */
async function countUsed(
	db: Database,
	{ line, from, end }: { line: readonly string[]; from: number; end: number },
): Promise<number> {
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
	return rows.length;
}
