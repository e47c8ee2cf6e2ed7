import type { Database } from "../../storage/database.ts";
import { STRETCH_MS } from "./stretches.ts";

/** Longer than silence is counted back. */
const KEPT_MS = 48 * 3_600_000;

/** Time of which silence says nothing. In milliseconds. */
export interface Gap {
	from: number;
	to: number;
}

export async function addGaps(db: Database, { gaps }: { gaps: readonly Gap[] }): Promise<void> {
	if (gaps.length === 0) return;
	await db
		.deleteFrom("silence_gap")
		.where("ended_at", "<", db.now - KEPT_MS)
		.execute();
	await db
		.insertInto("silence_gap")
		.values(gaps.map(({ from, to }) => ({ began_at: from, ended_at: to })))
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** Those that end in this stretch, counted since 1970, or later. */
export async function readGaps(db: Database, { stretch }: { stretch: number }): Promise<Gap[]> {
	return db
		.selectFrom("silence_gap")
		.select(["began_at as from", "ended_at as to"])
		.where("ended_at", ">", stretch * STRETCH_MS)
		.execute();
}

/** Notes that a server has run until then. */
export async function ranUntil(db: Database, { until }: { until: number }): Promise<void> {
	await db.updateTable("silence_clock").set({ latest: until }).where("latest", "<", until).execute();
}

/** Until when any server has run, in milliseconds. */
export async function readLatest(db: Database): Promise<number> {
	const { latest } = await db.selectFrom("silence_clock").select("latest").executeTakeFirstOrThrow();
	return latest;
}
