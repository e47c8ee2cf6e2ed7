import type { Actor } from "../activity/actor.ts";
import { recordActivity } from "../activity/record.store.ts";
import type { Database } from "../storage/database.ts";

/** Keeps the write lock to a few milliseconds. */
const MOST_AT_ONCE = 100;
/** Counting a hundred thousand would take longer than all the rest. */
const MOST_COUNTED = 10_000;

interface RevokedMaker {
	workspaceId: string;
	makerId: string;
	/** Milliseconds: keys made later stay active. */
	at: number;
	revokedBy: string | null;
}

/**
 * Revokes every active key that a person made in a workspace. Where there are many, one row revokes them all at once, and
 * their own rows follow in steps.
 * @returns how many, for the activity to say: "3", or "more than 10000"; undefined where there were none
 */
export async function revokeKeysMadeBy(
	db: Database,
	{ actor, workspaceId, makerId }: { actor: Actor; workspaceId: string; makerId: string },
): Promise<string | undefined> {
	const maker: RevokedMaker = { workspaceId, makerId, at: db.now, revokedBy: actor.accountId };
	const { count } = await db
		.selectFrom(
			activeKeysOf(db, maker)
				.select("digest_prefix")
				.limit(MOST_COUNTED + 1)
				.as("some"),
		)
		.select((eb) => eb.fn.countAll<number>().as("count"))
		.executeTakeFirstOrThrow();
	if (count === 0) return undefined;
	if (count > MOST_AT_ONCE) await markRevoked(db, maker);
	else await revokeSome(db, maker);
	return count > MOST_COUNTED ? `more than ${MOST_COUNTED}` : String(count);
}

/** Marks the rows of some of these keys as revoked. False where there was nothing to do. */
export async function sweepRevokedMakers(db: Database): Promise<boolean> {
	const maker = await db
		.selectFrom("revoked_maker")
		.select(["workspace_id as workspaceId", "maker_id as makerId", "at", "revoked_by as revokedBy"])
		.limit(1)
		.executeTakeFirst();
	if (maker === undefined) return false;
	if ((await revokeSome(db, maker)) < MOST_AT_ONCE) {
		const { workspaceId, makerId, revokedBy } = maker;
		await db
			.deleteFrom("revoked_maker")
			.where("workspace_id", "=", workspaceId)
			.where("maker_id", "=", makerId)
			.execute();
		const actor = { accountId: revokedBy, address: null };
		// Pages that show the keys look at them again.
		await recordActivity(db, { actor, workspaceId, kind: "person.keys_revoked", personId: makerId });
	}
	return true;
}

function activeKeysOf(db: Database, { workspaceId, makerId, at }: RevokedMaker) {
	return db
		.selectFrom("api_key")
		.where("workspace_id", "=", workspaceId)
		.where("created_by", "=", makerId)
		.where("revoked_at", "is", null)
		.where("created_at", "<=", at);
}

async function markRevoked(db: Database, { workspaceId, makerId, at, revokedBy }: RevokedMaker): Promise<void> {
	await db
		.insertInto("revoked_maker")
		.values({ workspace_id: workspaceId, maker_id: makerId, at, revoked_by: revokedBy })
		.onConflict((conflict) => conflict.columns(["workspace_id", "maker_id"]).doUpdateSet({ at, revoked_by: revokedBy }))
		.execute();
}

async function revokeSome(db: Database, maker: RevokedMaker): Promise<number> {
	const { numUpdatedRows } = await db
		.updateTable("api_key")
		.set({ revoked_at: maker.at, revoked_by: maker.revokedBy, revoked_reason: "maker_left" })
		.where("digest_prefix", "in", activeKeysOf(db, maker).select("digest_prefix").limit(MOST_AT_ONCE))
		.executeTakeFirstOrThrow();
	return Number(numUpdatedRows);
}
