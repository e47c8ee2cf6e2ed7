import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";

/** Per account: more than a person uses at once. */
const MAX_SESSIONS = 50;
const MAX_PER_STEP = 500;

export async function hasTooManySessions(db: Database, { accountId }: { accountId: string }): Promise<boolean> {
	const { count } = await db
		.selectFrom("session")
		.select((eb) => eb.fn.countAll<number>().as("count"))
		.where("userId", "=", accountId)
		.executeTakeFirstOrThrow();
	return count > MAX_SESSIONS;
}

/** Ends the least recently seen sessions of an account that has too many. */
export async function endSurplusSessions(db: Database, { accountId }: { accountId: string }): Promise<void> {
	const kept = db
		.selectFrom("session")
		.select("id")
		.where("userId", "=", accountId)
		.orderBy("updatedAt", "desc")
		.orderBy("createdAt", "desc")
		.limit(MAX_SESSIONS);
	await db.deleteFrom("session").where("userId", "=", accountId).where("id", "not in", kept).execute();
}

/** Deletes a batch of expired sessions. False if there were none. */
export async function sweepSessions(db: Database): Promise<boolean> {
	const expired = db
		.selectFrom("session")
		.select("id")
		.where("expiresAt", "<=", isoTime(db.now))
		.orderBy("expiresAt")
		.limit(MAX_PER_STEP);
	const { numDeletedRows } = await db.deleteFrom("session").where("id", "in", expired).executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}
