import type { AccountSession } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { Database } from "../storage/database.ts";
import { requireLiveSession } from "./credentials.store.ts";

/** A session, and the account that it belongs to. */
export interface OwnSession {
	accountId: string;
	sessionId: string;
}

const MOST_LISTED = 100;

/** The account's sessions that have not run out: `sessionId` first, then the one that was seen last. */
export async function listSessions(db: Database, { accountId, sessionId }: OwnSession): Promise<AccountSession[]> {
	const rows = await db
		.selectFrom("session")
		.select(["id", "createdAt", "updatedAt", "ipAddress", "userAgent"])
		.where("userId", "=", accountId)
		.where("expiresAt", ">", isoTime(db.now))
		.orderBy((eb) => eb("id", "=", sessionId), "desc")
		.orderBy("updatedAt", "desc")
		.orderBy("createdAt", "desc")
		.orderBy("id")
		.limit(MOST_LISTED)
		.execute();
	return rows.map(({ id, createdAt, updatedAt, ipAddress, userAgent }) => ({
		id,
		current: id === sessionId,
		createdAt: isoTime(Date.parse(createdAt)),
		// Renewals are what is kept of a session's use.
		lastSeenAt: isoTime(id === sessionId ? db.now : Date.parse(updatedAt)),
		address: ipAddress === "" ? null : ipAddress,
		userAgent: userAgent === "" ? null : userAgent,
	}));
}

/**
 * Ends `endedId`, which may be any session of the account that `sessionId` belongs to. False where there is none.
 * @throws ProblemError as `requireLiveSession`
 */
export async function endSession(
	db: Database,
	{ accountId, sessionId, endedId }: OwnSession & { endedId: string },
): Promise<boolean> {
	await requireLiveSession(db, { sessionId });
	const { numDeletedRows } = await db
		.deleteFrom("session")
		.where("id", "=", endedId)
		.where("userId", "=", accountId)
		.executeTakeFirstOrThrow();
	return numDeletedRows === 1n;
}

/** Ends all sessions of the account but `sessionId`. @throws ProblemError as `requireLiveSession` */
export async function endOtherSessions(db: Database, { accountId, sessionId }: OwnSession): Promise<void> {
	await requireLiveSession(db, { sessionId });
	await db.deleteFrom("session").where("userId", "=", accountId).where("id", "<>", sessionId).execute();
}

export async function endAllSessions(db: Database, { accountId }: { accountId: string }): Promise<void> {
	await db.deleteFrom("session").where("userId", "=", accountId).execute();
}

/** Ends a session whether or not anybody else has. */
export async function endSessionOf(db: Database, { token }: { token: string }): Promise<void> {
	await db.deleteFrom("session").where("token", "=", token).execute();
}
