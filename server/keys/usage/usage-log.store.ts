import { sql } from "kysely";

import type { Database } from "../../storage/database.ts";
import { asRow, decodeUses, inParts, type LoggedRow, PART_USES, sizeOf, slotOf, type Uses } from "./logged-uses.ts";
import { addServerUses } from "./server-uses.store.ts";
import { addUsage } from "./usage.store.ts";
import { claimBatch } from "./usage-batch.store.ts";

/** Adding up so many takes a few milliseconds. */
const STEP_USES = 5_000;
const STEP_ROWS = 100;
/** Begins the names of parts that earlier steps have left, and sorts before all others. */
const LEFT = "!";

/** Notes uses that are counted later, which takes a small part of the time. */
export async function logUses(
	db: Database,
	{ rows, batch }: { rows: readonly LoggedRow[]; batch: string },
): Promise<void> {
	if (await claimBatch(db, { id: batch })) await insertRows(db, batch, rows);
}

/** The time of the earliest use that is not counted yet, in milliseconds; undefined: all are. */
export async function loggedSince(db: Database): Promise<number | undefined> {
	const first = await db.selectFrom("usage_log").select("since").orderBy("since").limit(1).executeTakeFirst();
	return first?.since;
}

/** The first slot after this one, or else of all, that has any. */
export async function nextSlot(db: Database, { after }: { after: number }): Promise<number | undefined> {
	const { rows } = await sql<{ slot: number | null }>`
		SELECT coalesce(
			(SELECT slot FROM usage_log WHERE slot > ${after} ORDER BY slot LIMIT 1),
			(SELECT slot FROM usage_log ORDER BY slot LIMIT 1)
		) AS slot`.execute(db);
	return rows[0]?.slot ?? undefined;
}

/** Whether uses of a key are not counted yet. */
export async function isLogged(db: Database, { keyId }: { keyId: string }): Promise<boolean> {
	const row = await db
		.selectFrom("usage_log")
		.select("slot")
		.where("slot", "=", slotOf(keyId))
		.where("uses", "like", `%"${keyId}"%`)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

export interface Counted {
	/** The last one of which something was counted. */
	slot: number;
	/** Of what is left. */
	oldest: number | undefined;
	newest: number | undefined;
}

/** Counts some uses of this slot, the earliest first, and those of the next ones while they are few. */
export async function countFromLog(db: Database, { slot: from }: { slot: number }): Promise<Counted> {
	const counted: Uses = { entries: [], servers: [] };
	let last = from;
	for (const places of await findSteps(db, from)) {
		const { slot, since, part } = places[0];
		const uses = { slot, since, ...decodeUses(await readRows(db, places)) };
		if (slot !== from && sizeOf(uses) > PART_USES - sizeOf(counted)) break;
		const [taken = uses, ...left] = inParts(uses);
		await deleteRows(db, places);
		await insertRows(db, `${LEFT}${part}`, left.map(asRow));
		counted.entries.push(...taken.entries);
		counted.servers.push(...taken.servers);
		last = slot;
	}
	await addUsage(db, { entries: counted.entries });
	await addServerUses(db, { entries: counted.servers });
	const newest = await db.selectFrom("usage_log").select("since").orderBy("since", "desc").limit(1).executeTakeFirst();
	return { slot: last, oldest: await loggedSince(db), newest: newest?.since };
}

interface Place {
	slot: number;
	since: number;
	part: string;
}
/** Of one slot, in order. */
type Places = [Place, ...Place[]];

async function insertRows(db: Database, name: string, rows: readonly LoggedRow[]): Promise<void> {
	if (rows.length === 0) return;
	await db
		.insertInto("usage_log")
		.values(rows.map((row, index) => ({ ...row, part: `${name} ${index}` })))
		.execute();
}

/** Finds the first rows of this slot and of the next ones, of so many uses that it takes little time. */
async function findSteps(db: Database, from: number): Promise<Places[]> {
	const found = await db
		.selectFrom("usage_log")
		.select(["slot", "since", "part", "size"])
		.where("slot", ">=", from)
		.orderBy("slot")
		.orderBy("since")
		.orderBy("part")
		.limit(STEP_ROWS)
		.execute();
	let size = 0;
	const some = found.filter((row) => (size += row.size) <= STEP_USES || row === found[0]);
	return Object.values(Object.groupBy(some, ({ slot }) => slot)).flatMap(([first, ...others] = []): Places[] => {
		if (first === undefined) return [];
		// What earlier steps have left goes first, by itself: no flood of later uses holds it up.
		return [first.part.startsWith(LEFT) ? [first] : [first, ...others]];
	});
}

async function readRows(db: Database, places: Places): Promise<{ since: number; uses: string }[]> {
	return db
		.selectFrom("usage_log")
		.select(["since", "uses"])
		.where("slot", "=", places[0].slot)
		.where(upTo(places))
		.orderBy("since")
		.orderBy("part")
		.execute();
}

async function deleteRows(db: Database, places: Places): Promise<void> {
	await db.deleteFrom("usage_log").where("slot", "=", places[0].slot).where(upTo(places)).execute();
}

function upTo(places: Places) {
	const { since, part } = places.at(-1) ?? places[0];
	return sql<boolean>`(since, part) <= (${since}, ${part})`;
}
