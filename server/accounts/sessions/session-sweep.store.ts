import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";

/** Per account: more than a person uses at once. */
const MOST_SESSIONS = 50;
const MOST_AT_ONCE = 500;

export async function hasTooManySessions(db: Database, { accountId }: { accountId: string }): Promise<boolean> {
	const { count } = await db
		.selectFrom("session")
		.select((eb) => eb.fn.countAll<number>().as("count"))
		.where("userId", "=", accountId)
		.executeTakeFirstOrThrow();
	return count > MOST_SESSIONS;
}

/** Ends the least recently seen sessions of an account that has too many. */
export async function endSurplusSessions(db: Database, { accountId }: { accountId: string }): Promise<void> {
	const kept = db
		.selectFrom("session")
		.select("id")
		.where("userId", "=", accountId)
		.orderBy("updatedAt", "desc")
		.orderBy("createdAt", "desc")
		.limit(MOST_SESSIONS);
	await db.deleteFrom("session").where("userId", "=", accountId).where("id", "not in", kept).execute();
}

/** Deletes some expired sessions of any account. False where there were none. */
export async function sweepSessions(db: Database): Promise<boolean> {
	const expired = db
		.selectFrom("session")
		.select("id")
		.where("expiresAt", "<=", isoTime(db.now))
		.orderBy("expiresAt")
		.limit(MOST_AT_ONCE);
	const { numDeletedRows } = await db.deleteFrom("session").where("id", "in", expired).executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}
