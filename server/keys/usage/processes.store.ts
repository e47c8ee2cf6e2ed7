import type { Database } from "../../storage/database.ts";
import { STRETCH_MS } from "./stretches.ts";

/** A server that started again takes the place of the one that crashed, if that was silent for so long. */
const REPLACED_AFTER_MS = 2 * STRETCH_MS;
/** A server that may be cut off is waited for that long. */
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;

export interface Mark {
	id: string;
	name: string;
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
export async function markCommitted(db: Database, { id, name, isFirst, until, countsFrom }: Mark): Promise<void> {
	const { numDeletedRows: givenUp } = await db
		.deleteFrom("server_process")
		.where("id", "<>", id)
		.where(({ eb, or, and }) =>
			or([
				eb("committed_to", "<", until - GIVEN_UP_AFTER_MS),
				and([eb("name", "=", name), eb("committed_to", "<", until - REPLACED_AFTER_MS)]),
			]),
		)
		.executeTakeFirstOrThrow();
	const { numUpdatedRows: updated } = await db
		.updateTable("server_process")
		.set({ committed_to: until })
		.where("id", "=", id)
		.executeTakeFirstOrThrow();
	if (updated === 0n) await db.insertInto("server_process").values({ id, name, committed_to: until }).execute();
	const isGap = givenUp > 0n || (updated === 0n && !isFirst);
	await countSilenceFrom(db, isGap ? until : countsFrom);
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
