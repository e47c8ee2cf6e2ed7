import type { AccountSession } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Transaction } from "../storage/storage.ts";
import type { FoundSession } from "./sessions.ts";

interface SessionRow {
	id: string;
	createdAt: string;
	updatedAt: string;
	ipAddress: string | null;
	userAgent: string | null;
}

const MOST_LISTED = 100;

/** The account's sessions that have not run out: this one first, then whichever was seen last. */
export function listSessions(db: SqliteDatabase, session: FoundSession, now: number): AccountSession[] {
	const rows = db
		.prepare<[string, string, string], SessionRow>(
			`SELECT id, createdAt, updatedAt, ipAddress, userAgent FROM session WHERE userId = ? AND expiresAt > ?
			ORDER BY id = ? DESC, updatedAt DESC, createdAt DESC, id LIMIT ${MOST_LISTED}`,
		)
		.all(session.account.id, isoTime(now), session.id);
	return rows.map((row) => toSession(row, row.id === session.id ? now : undefined));
}

/** False where the account has no such session. */
export function endSession({ db }: Transaction, accountId: string, id: string): boolean {
	return db.prepare("DELETE FROM session WHERE id = ? AND userId = ?").run(id, accountId).changes === 1;
}

export function endOtherSessions({ db }: Transaction, session: FoundSession): void {
	db.prepare("DELETE FROM session WHERE userId = ? AND id <> ?").run(session.account.id, session.id);
}

export function endAllSessions(db: SqliteDatabase, accountId: string): void {
	db.prepare("DELETE FROM session WHERE userId = ?").run(accountId);
}

function toSession({ id, createdAt, updatedAt, ipAddress, userAgent }: SessionRow, seenNow?: number): AccountSession {
	return {
		id,
		current: seenNow !== undefined,
		createdAt: isoTime(Date.parse(createdAt)),
		// Renewals are what is kept of a session's use.
		lastSeenAt: isoTime(seenNow ?? Date.parse(updatedAt)),
		address: ipAddress === "" ? null : ipAddress,
		userAgent: userAgent === "" ? null : userAgent,
	};
}
