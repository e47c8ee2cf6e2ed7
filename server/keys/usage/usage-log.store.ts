import type { Database } from "../../storage/database.ts";
import { decodeUses, encodeUses, type LoggedUses, slotOf } from "./logged-uses.ts";
import { addServerUses } from "./server-uses.store.ts";
import { addUsage } from "./usage.store.ts";
import { claimBatch } from "./usage-batch.store.ts";

/** Small steps, since other writers wait for each: so many keys and game servers take 10 to 20 ms. */
const STEP_USES = 250;
/** Reading them takes a few milliseconds. */
const STEP_ROWS = 64;
/** Sorts before all others. */
const LEFT = "";

/** A row of the log. */
export interface UsesRow {
	slot: number;
	since: number;
	/** By `encodeUses`. */
	uses: string;
}

/** Notes uses that are counted later, which takes a small part of the time. */
export async function logUses(
	db: Database,
	{ rows, batch }: { rows: readonly UsesRow[]; batch: string },
): Promise<void> {
	if (!(await claimBatch(db, { id: batch }))) return;
	await db
		.insertInto("usage_log")
		.values(rows.map((row) => ({ ...row, batch })))
		.execute();
}

/** The time of the earliest use that is not counted yet, in milliseconds; undefined: all are. */
export async function loggedSince(db: Database): Promise<number | undefined> {
	const first = await db.selectFrom("usage_log").select("since").orderBy("since").limit(1).executeTakeFirst();
	return first?.since;
}

export interface Counted {
	/** The last one that was counted. */
	slot: number;
	/** Of what is left. */
	oldest: number | undefined;
	newest: number | undefined;
}

/** Counts some uses of the slots after this one, or of the first. Undefined: there are none. */
export async function countNextUses(db: Database, { after }: { after: number }): Promise<Counted | undefined> {
	let rows = await readRows(db, after);
	if (rows.length === 0) rows = await readRows(db, -1);
	const counted: Uses = { entries: [], servers: [] };
	let last: number | undefined;
	for (const [first, ...others] of Object.values(Object.groupBy(rows, ({ slot }) => slot)) as StoredRow[][]) {
		const room = STEP_USES - sizeOf(counted);
		if (first === undefined || room <= 0) break;
		// What is left of earlier ones goes first, so that no flood of later ones holds it up.
		const uses = sumOf(first.batch === LEFT ? [first] : [first, ...others]);
		if (last !== undefined && sizeOf(uses) > room) break;
		await take(db, uses, { to: counted, room });
		last = uses.slot;
	}
	if (last === undefined) return undefined;
	await addUses(db, counted);
	const newest = await db.selectFrom("usage_log").select("since").orderBy("since", "desc").limit(1).executeTakeFirst();
	return { slot: last, oldest: await loggedSince(db), newest: newest?.since };
}

/** Whether there may be uses of a key that are not counted yet. */
export async function hasLoggedUses(db: Database, { keyId }: { keyId: string }): Promise<boolean> {
	const row = await db
		.selectFrom("usage_log")
		.select("slot")
		.where("slot", "=", slotOf(keyId))
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** Counts uses of a key. True if there may be more. */
export async function countUsesOf(db: Database, { keyId }: { keyId: string }): Promise<boolean> {
	const slot = slotOf(keyId);
	const rows = (await readRows(db, slot - 1)).filter((row) => row.slot === slot);
	if (rows.length === 0) return false;
	const counted: Uses = { entries: [], servers: [] };
	await take(db, sumOf(rows), { to: counted, room: STEP_USES, only: keyId });
	await addUses(db, counted);
	return rows.length === STEP_ROWS || sizeOf(counted) === STEP_USES;
}

type Uses = Pick<LoggedUses, "entries" | "servers">;
type StoredRow = UsesRow & { batch: string };
type StoredUses = LoggedUses & { batches: string[] };

async function readRows(db: Database, after: number): Promise<StoredRow[]> {
	return db
		.selectFrom("usage_log")
		.selectAll()
		.where("slot", ">", after)
		.orderBy("slot")
		.orderBy("batch")
		.limit(STEP_ROWS)
		.execute();
}

/** Of rows of one slot. */
function sumOf(rows: readonly StoredRow[]): StoredUses {
	const slot = rows[0]?.slot ?? 0;
	const since = Math.min(...rows.map((row) => row.since));
	return { slot, since, batches: rows.map(({ batch }) => batch), ...decodeUses(rows) };
}

function sizeOf({ entries, servers }: Uses): number {
	return entries.length + servers.length;
}

/** Takes uses out of the log, if `only` says so those of one key, and leaves the others in one row. */
async function take(
	db: Database,
	{ slot, since, batches, entries, servers }: StoredUses,
	{ to, room, only }: { to: Uses; room: number; only?: string },
): Promise<void> {
	const left: Uses = { entries: [], servers: [] };
	let taken = 0;
	const isTaken = (keyId: string): boolean => (only === undefined || keyId === only) && (taken += 1) <= room;
	for (const entry of entries) (isTaken(entry.keyId) ? to : left).entries.push(entry);
	for (const use of servers) (isTaken(use.keyId) ? to : left).servers.push(use);
	await db.deleteFrom("usage_log").where("slot", "=", slot).where("batch", "in", db.fragments.list(batches)).execute();
	if (sizeOf(left) === 0) return;
	await db
		.insertInto("usage_log")
		.values({ slot, batch: LEFT, since, uses: encodeUses({ since, ...left }) })
		.execute();
}

async function addUses(db: Database, { entries, servers }: Uses): Promise<void> {
	await addUsage(db, { entries });
	await addServerUses(db, { entries: servers });
}
