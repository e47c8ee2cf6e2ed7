import type { Database } from "../../storage/database.ts";
import { addGaps, type Gap, ranUntil, readLatest } from "./silence-gaps.store.ts";
import { loggedSince } from "./usage-log.store.ts";

/** A server that may only be cut off is waited for that long. */
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;
/** Where no server ran for less, each game server is still heard from in the same stretch. */
const PAUSE_MS = 60_000;

export interface Mark {
	id: string;
	/** Where it listens, as `addressesOf` has it, among all servers on the database; null: not yet. */
	address: string | null;
	/** In milliseconds: all that the server counted before is written. */
	until: number;
	/** The one before; null: the server registers itself. */
	before: number | null;
	/** Since then. */
	gaps: readonly Gap[];
}

/** Notes up to when a server has written its counts. One that was given up may have lost what it had counted. */
export async function markCommitted(db: Database, { id, address, until, before, gaps }: Mark): Promise<void> {
	const givenUp = await db
		.deleteFrom("server_process")
		.where("id", "<>", id)
		.where("committed_to", "<", until - GIVEN_UP_AFTER_MS)
		.returning("committed_to as from")
		.execute();
	const { numUpdatedRows: updated } = await db
		.updateTable("server_process")
		.set({ committed_to: until })
		.where("id", "=", id)
		.executeTakeFirstOrThrow();
	const missed = updated === 0n ? await register(db, { id, address, until, before }) : [];
	await addGaps(db, { gaps: [...gaps, ...missed, ...givenUp.map(({ from }) => ({ from, to: until }))] });
	await ranUntil(db, { until });
}

/** Returns the time in which no server counted, if it was longer than a restart. */
async function register(db: Database, { id, address, until, before }: Omit<Mark, "gaps">): Promise<Gap[]> {
	await db.insertInto("server_process").values({ id, address, committed_to: until }).execute();
	// It was given up.
	if (before !== null) return [{ from: before, to: until }];
	const other = await db.selectFrom("server_process").select("id").where("id", "<>", id).limit(1).executeTakeFirst();
	const latest = await readLatest(db);
	return other === undefined && until - latest >= PAUSE_MS ? [{ from: latest, to: until }] : [];
}

export interface TakenAddress {
	id: string;
	address: string;
	/** No server can have these any more. */
	vacant: readonly string[];
}

/** A server listens: another one that said so for the same address must have crashed, with what it had counted. */
export async function takeAddress(db: Database, { id, address, vacant }: TakenAddress): Promise<void> {
	const crashed = await db
		.deleteFrom("server_process")
		.where("id", "<>", id)
		.where("address", "in", [address, ...vacant])
		.returning("committed_to as from")
		.execute();
	await addGaps(db, { gaps: crashed.map(({ from }) => ({ from, to: db.now })) });
	await db.updateTable("server_process").set({ address }).where("id", "=", id).execute();
}

/** A server that shuts down has nothing left to write. */
export async function leaveProcess(db: Database, { id, until, gaps }: Omit<Mark, "address" | "before">): Promise<void> {
	await db.deleteFrom("server_process").where("id", "=", id).execute();
	await addGaps(db, { gaps });
	await ranUntil(db, { until });
}

/** Up to when all servers have written what they counted, and it is counted, in milliseconds; 0: none is registered. */
export async function committedTo(db: Database): Promise<number> {
	const { to } = await db
		.selectFrom("server_process")
		.select(({ fn }) => fn.min<number | null>("committed_to").as("to"))
		.executeTakeFirstOrThrow();
	return Math.min(to ?? 0, (await loggedSince(db)) ?? Infinity);
}
