import { type Actor, recordActivity } from "../activity/record.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Transaction } from "../storage/storage.ts";

/** Some 5 ms in which games' requests wait. */
const MOST_AT_ONCE = 100;
/** Counting a hundred thousand would take longer than all the rest. */
const MOST_COUNTED = 10_000;

const ENDED = (key: string) =>
	`m.workspace_id = ${key}.workspace_id AND m.maker_id = ${key}.created_by AND m.at >= ${key}.created_at`;

/** For look-ups of single keys, `k`: where `m.at` is not null, the key ended with its maker, whatever its row still says. */
export const JOIN_END_OF_MAKER = `LEFT JOIN revoked_maker m ON ${ENDED("k")}`;

/** The same for `api_key` where it is changed. */
export const ENDED_WITH_MAKER = `EXISTS (SELECT 1 FROM revoked_maker m WHERE ${ENDED("api_key")})`;

const OF_MAKER = "workspace_id = :workspaceId AND created_by = :makerId AND revoked_at IS NULL AND created_at <= :at";

const COUNT = `SELECT count(*) FROM (SELECT 1 FROM api_key WHERE ${OF_MAKER} LIMIT ${MOST_COUNTED + 1})`;

const REVOKE = `
UPDATE api_key SET revoked_at = :at, revoked_by = :revokedBy, revoked_reason = 'maker_left'
WHERE digest_prefix IN (SELECT digest_prefix FROM api_key WHERE ${OF_MAKER} LIMIT ${MOST_AT_ONCE})`;

interface RevokedMaker {
	workspaceId: string;
	makerId: string;
	/** Milliseconds: keys made later live. */
	at: number;
	revokedBy: string | null;
}

/**
 * Revokes every active key that somebody made in a workspace. Where they are many, one row says so for all of them at
 * once, and their own rows follow in steps.
 * @returns how many, for the activity to say: "3", or "more than 10000"; undefined where there were none
 */
export function revokeKeysMadeBy(
	{ db, now }: Transaction,
	actor: Actor,
	of: { workspaceId: string; makerId: string },
): string | undefined {
	const maker: RevokedMaker = { ...of, at: now, revokedBy: actor.accountId };
	const count = db.prepare<object, number>(COUNT).pluck().get(maker) ?? 0;
	if (count === 0) return undefined;
	if (count > MOST_AT_ONCE) {
		db.prepare("REPLACE INTO revoked_maker VALUES (:workspaceId, :makerId, :at, :revokedBy)").run(maker);
	} else {
		revokeSome(db, maker);
	}
	return count > MOST_COUNTED ? `more than ${MOST_COUNTED}` : String(count);
}

/** One step in which the rows of such keys come to say so themselves. False where there was nothing to do. */
export function sweepRevokedMakers(transaction: Transaction): boolean {
	const { db } = transaction;
	const maker = db
		.prepare<[], RevokedMaker>(
			"SELECT workspace_id AS workspaceId, maker_id AS makerId, at, revoked_by AS revokedBy FROM revoked_maker LIMIT 1",
		)
		.get();
	if (maker === undefined) return false;
	if (revokeSome(db, maker) < MOST_AT_ONCE) {
		db.prepare("DELETE FROM revoked_maker WHERE workspace_id = :workspaceId AND maker_id = :makerId").run(maker);
		const { workspaceId, makerId, revokedBy } = maker;
		const revoker = { accountId: revokedBy, address: null };
		// Pages that show the keys look at them again.
		recordActivity(transaction, revoker, { workspaceId, kind: "person.keys_revoked", personId: makerId });
	}
	return true;
}

function revokeSome(db: SqliteDatabase, maker: RevokedMaker): number {
	return db.prepare(REVOKE).run(maker).changes;
}
