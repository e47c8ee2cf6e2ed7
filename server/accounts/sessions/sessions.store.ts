import type { AccountSession } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";
import { type Client, recordAccountEvent } from "../activity/account-events.store.ts";
import { noSession } from "./refusals.ts";

/** A session and the account it belongs to. */
export interface OwnSession {
	accountId: string;
	sessionId: string;
}

/** Times are ISO 8601. */
interface SessionOfToken {
	id: string;
	createdAt: string;
	updatedAt: string;
	expiresAt: string;
	accountId: string;
	name: string;
	email: string;
}

const MAX_LISTED = 100;

/** The live session with this token and its account, by one statement. */
export async function findSessionByToken(
	db: Database,
	{ token }: { token: string },
): Promise<SessionOfToken | undefined> {
	return db
		.selectFrom("session")
		.innerJoin("user", "user.id", "session.userId")
		.select(["session.id", "session.createdAt", "session.updatedAt", "session.expiresAt"])
		.select(["user.id as accountId", "user.name", "user.email"])
		.where("session.token", "=", token)
		.where("session.expiresAt", ">", isoTime(db.now))
		.executeTakeFirst();
}

/** @throws ProblemError 401 `no_session` if the session has ended since it was looked up */
export async function requireLiveSession(db: Database, { sessionId }: { sessionId: string }): Promise<void> {
	const session = await db.selectFrom("session").select("id").where("id", "=", sessionId).executeTakeFirst();
	if (session === undefined) throw noSession();
}

/** The account's live sessions: `sessionId` first, then the most recently seen. */
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
		.limit(MAX_LISTED)
		.execute();
	return rows.map(({ id, createdAt, updatedAt, ipAddress, userAgent }) => ({
		id,
		current: id === sessionId,
		createdAt: isoTime(Date.parse(createdAt)),
		// Renewals are the only record of a session's use.
		lastSeenAt: isoTime(id === sessionId ? db.now : Date.parse(updatedAt)),
		address: ipAddress === "" ? null : ipAddress,
		userAgent: userAgent === "" ? null : userAgent,
	}));
}

/**
 * Ends session `endedId` of the account. False if there is no such session.
 * @throws ProblemError as `requireLiveSession`
 */
export async function endSession(
	db: Database,
	{ accountId, sessionId, endedId, client }: OwnSession & { endedId: string; client: Client },
): Promise<boolean> {
	await requireLiveSession(db, { sessionId });
	const { numDeletedRows } = await db
		.deleteFrom("session")
		.where("id", "=", endedId)
		.where("userId", "=", accountId)
		.executeTakeFirstOrThrow();
	if (numDeletedRows === 0n) return false;
	await recordAccountEvent(db, { accountId, kind: "session_ended", client });
	return true;
}

/** @throws ProblemError as `requireLiveSession` */
export async function endOtherSessions(
	db: Database,
	{ client, ...own }: OwnSession & { client: Client },
): Promise<void> {
	await requireLiveSession(db, own);
	await deleteOtherSessions(db, own);
	await recordAccountEvent(db, { accountId: own.accountId, kind: "other_sessions_ended", client });
}

/** Ends all sessions of the account but `sessionId`. */
export async function deleteOtherSessions(db: Database, { accountId, sessionId }: OwnSession): Promise<void> {
	await db.deleteFrom("session").where("userId", "=", accountId).where("id", "<>", sessionId).execute();
}

export async function endAllSessions(db: Database, { accountId }: { accountId: string }): Promise<void> {
	await db.deleteFrom("session").where("userId", "=", accountId).execute();
}

/** Ends the session itself. Does nothing if it has already ended. */
export async function signOut(
	db: Database,
	{ accountId, sessionId, client }: OwnSession & { client: Client },
): Promise<void> {
	const { numDeletedRows } = await db.deleteFrom("session").where("id", "=", sessionId).executeTakeFirstOrThrow();
	if (numDeletedRows > 0n) await recordAccountEvent(db, { accountId, kind: "signed_out", client });
}

/** Ends a session by its token. Does nothing if it has already ended. */
export async function endSessionByToken(db: Database, { token }: { token: string }): Promise<void> {
	await db.deleteFrom("session").where("token", "=", token).execute();
}
