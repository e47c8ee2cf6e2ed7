import type { Database } from "../../storage/database.ts";

/** A server that may only be cut off is waited for that long. */
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;

export interface Mark {
	id: string;
	/** The server registers itself. */
	isFirst: boolean;
	/** In milliseconds: all that the server counted before is written. */
	until: number;
	/** Stretches of silence that began before do not count. */
	countsFrom: number;
}

/**
 * Notes up to when a server has written its counts, and registers it the first time. A server that was given up may have
 * lost what it had counted, so the silence so far does not count; also not where it comes back.
 */
export async function markCommitted(db: Database, { id, isFirst, until, countsFrom }: Mark): Promise<void> {
	const { numDeletedRows: givenUp } = await db
		.deleteFrom("server_process")
		.where("id", "<>", id)
		.where("committed_to", "<", until - GIVEN_UP_AFTER_MS)
		.executeTakeFirstOrThrow();
	const { numUpdatedRows: updated } = await db
		.updateTable("server_process")
		.set({ committed_to: until })
		.where("id", "=", id)
		.executeTakeFirstOrThrow();
	if (updated === 0n) await db.insertInto("server_process").values({ id, committed_to: until }).execute();
	const isGap = givenUp > 0n || (updated === 0n && !isFirst);
	await countSilenceFrom(db, isGap ? until : countsFrom);
}

/** A server listens: another one that said so for the same address must have crashed. */
export async function takeAddress(db: Database, { id, address }: { id: string; address: string }): Promise<void> {
	const { numDeletedRows: crashed } = await db
		.deleteFrom("server_process")
		.where("id", "<>", id)
		.where("address", "=", address)
		.executeTakeFirstOrThrow();
	if (crashed > 0n) await countSilenceFrom(db, db.now);
	await db
		.insertInto("server_process")
		.values({ id, address, committed_to: db.now })
		.onConflict((conflict) => conflict.column("id").doUpdateSet({ address }))
		.execute();
}

/** A server that shuts down has nothing left to write. */
export async function leaveProcess(db: Database, { id, countsFrom }: Pick<Mark, "id" | "countsFrom">): Promise<void> {
	await db.deleteFrom("server_process").where("id", "=", id).execute();
	await countSilenceFrom(db, countsFrom);
}

async function countSilenceFrom(db: Database, at: number): Promise<void> {
	await db.updateTable("silence_clock").set({ counts_from: at }).where("counts_from", "<", at).execute();
}

/** The stretches of silence that may be counted: those that began at `from` or later and ended by `to`, in milliseconds. */
export async function readSilenceClock(db: Database): Promise<{ from: number; to: number }> {
	const { from } = await db.selectFrom("silence_clock").select("counts_from as from").executeTakeFirstOrThrow();
	const { to } = await db
		.selectFrom("server_process")
		.select(({ fn }) => fn.min<number | null>("committed_to").as("to"))
		.executeTakeFirstOrThrow();
	return { from, to: to ?? 0 };
}
