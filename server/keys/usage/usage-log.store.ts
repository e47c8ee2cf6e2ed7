import type { Database } from "../../storage/database.ts";
import { decodeUses, encodeUses, type LoggedUses, slotOf } from "./logged-uses.ts";
import { addServerUses } from "./server-uses.store.ts";
import { addUsage } from "./usage.store.ts";
import { claimBatch } from "./usage-batch.store.ts";

/** Small steps, since other writers wait for each: so many keys take about 20 ms. */
const STEP_KEYS = 250;
/** Reading them takes a few milliseconds. */
const STEP_ROWS = 64;

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

/** Counts uses of about 250 keys in the slots after this one, or in the first. Undefined: there are none. */
export async function countNextUses(db: Database, { after }: { after: number }): Promise<Counted | undefined> {
	let rows = await readRows(db, after);
	if (rows.length === 0) rows = await readRows(db, -1);
	const counted: Uses = { entries: [], servers: [] };
	let keys = 0;
	let last: number | undefined;
	for (const own of Object.values(Object.groupBy(rows, ({ slot }) => slot))) {
		const uses = sumOf(own ?? []);
		const keyIds = keysOf(uses);
		if (last !== undefined && keys + keyIds.length > STEP_KEYS) break;
		const taken = await take(db, uses, new Set(keyIds.slice(0, STEP_KEYS)));
		counted.entries.push(...taken.entries);
		counted.servers.push(...taken.servers);
		keys += keyIds.length;
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

/** Counts all uses of a key. */
export async function countUsesOf(db: Database, { keyId }: { keyId: string }): Promise<void> {
	const slot = slotOf(keyId);
	for (;;) {
		const rows = (await readRows(db, slot - 1)).filter((row) => row.slot === slot);
		if (rows.length > 0) await addUses(db, await take(db, sumOf(rows), new Set([keyId])));
		if (rows.length < STEP_ROWS) return;
	}
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

function keysOf({ entries, servers }: Uses): string[] {
	return [...new Set([...entries, ...servers].map(({ keyId }) => keyId))].sort();
}

/** Takes uses of these keys out of the log, and leaves those of the others in one row. */
async function take(db: Database, uses: StoredUses, keyIds: ReadonlySet<string>): Promise<Uses> {
	const { slot, since, batches } = uses;
	const part = (isTaken: boolean): Uses => ({
		entries: uses.entries.filter(({ keyId }) => keyIds.has(keyId) === isTaken),
		servers: uses.servers.filter(({ keyId }) => keyIds.has(keyId) === isTaken),
	});
	const left = part(false);
	await db.deleteFrom("usage_log").where("slot", "=", slot).where("batch", "in", db.fragments.list(batches)).execute();
	if (left.entries.length + left.servers.length > 0)
		await db
			.insertInto("usage_log")
			.values({ slot, batch: batches[0] ?? "", since, uses: encodeUses({ since, ...left }) })
			.execute();
	return part(true);
}

async function addUses(db: Database, { entries, servers }: Uses): Promise<void> {
	await addUsage(db, { entries });
	await addServerUses(db, { entries: servers });
}
