import type { Actor } from "../activity/actor.ts";
import { recordActivity } from "../activity/record.store.ts";
import type { Database } from "../storage/database.ts";

/** So that the write lock is held for a few milliseconds only. */
const MAX_PER_STEP = 100;
/** Counting 100,000 keys would take longer than revoking them. */
const MAX_COUNTED = 10_000;

interface RevokedMaker {
	workspaceId: string;
	makerId: string;
	/** In milliseconds. Keys created later stay active. */
	at: number;
	revokedBy: string | null;
}

/**
 * Revokes every active key that a person created in a workspace. If there are many, one `revoked_maker` row refuses them
 * all at once, and `sweepRevokedMakers` updates their own rows in steps.
 * @returns how many, as shown in the activity: "3" or "more than 10000"; undefined if there were none
 */
export async function revokeKeysCreatedBy(
	db: Database,
	{ actor, workspaceId, makerId }: { actor: Actor; workspaceId: string; makerId: string },
): Promise<string | undefined> {
	const maker: RevokedMaker = { workspaceId, makerId, at: db.now, revokedBy: actor.accountId };
	const { count } = await db
		.selectFrom(
			activeKeysOf(db, maker)
				.select("digest_prefix")
				.limit(MAX_COUNTED + 1)
				.as("counted"),
		)
		.select((eb) => eb.fn.countAll<number>().as("count"))
		.executeTakeFirstOrThrow();
	if (count === 0) return undefined;
	if (count > MAX_PER_STEP) await markRevoked(db, maker);
	else await revokeBatch(db, maker);
	return count > MAX_COUNTED ? `more than ${MAX_COUNTED}` : String(count);
}

/** Marks a batch of these keys as revoked. False if there was nothing to do. */
export async function sweepRevokedMakers(db: Database): Promise<boolean> {
	const maker = await db
		.selectFrom("revoked_maker")
		.select(["workspace_id as workspaceId", "maker_id as makerId", "at", "revoked_by as revokedBy"])
		.limit(1)
		.executeTakeFirst();
	if (maker === undefined) return false;
	if ((await revokeBatch(db, maker)) < MAX_PER_STEP) {
		const { workspaceId, makerId, revokedBy } = maker;
		await db
			.deleteFrom("revoked_maker")
			.where("workspace_id", "=", workspaceId)
			.where("maker_id", "=", makerId)
			.execute();
		const actor = { accountId: revokedBy, address: null };
		// Makes open pages reload the keys.
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

async function revokeBatch(db: Database, maker: RevokedMaker): Promise<number> {
	const { numUpdatedRows } = await db
		.updateTable("api_key")
		.set({ revoked_at: maker.at, revoked_by: maker.revokedBy, revoked_reason: "maker_left" })
		.where("digest_prefix", "in", activeKeysOf(db, maker).select("digest_prefix").limit(MAX_PER_STEP))
		.executeTakeFirstOrThrow();
	return Number(numUpdatedRows);
}
