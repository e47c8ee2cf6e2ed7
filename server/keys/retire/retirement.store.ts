import type { Actor } from "../../activity/actor.ts";
import { recordActivity } from "../../activity/record.store.ts";
import type { Database } from "../../storage/database.ts";
import { describeKey } from "../manage/key-writes.store.ts";
import { readRotationFacts } from "../rotate/facts.store.ts";
import { stateOf, waitsFor } from "../rotate/judge.ts";

export interface KeyToRetire {
	actor: Actor;
	workspaceId: string;
	keyId: string;
}

/**
 * Has a key revoked once no server needs it. If that waits for the same key already, nothing changes; where it asks, it
 * begins anew.
 */
export async function beginRetirement(
	db: Database,
	{ actor, workspaceId, keyId, replacedBy }: KeyToRetire & { replacedBy: string },
): Promise<void> {
	const known = await db
		.selectFrom("retirement")
		.select(["state", "replaced_by"])
		.where("key_id", "=", keyId)
		.executeTakeFirst();
	if (known?.state === "waiting" && known.replaced_by === replacedBy) return;
	const facts = await readRotationFacts(db, { keyId, replacedBy });
	const retirement = {
		replaced_by: replacedBy,
		since: db.now,
		begun_by: actor.accountId,
		state: stateOf(waitsFor(facts), { since: db.now, now: db.now }),
		silent: facts.silence.silent,
		counted_to: facts.silence.countedTo,
		last_used_at: facts.silence.lastUsedAt,
		// At once.
		examined_at: 0,
		asks_for_good: 0,
	};
	await db
		.insertInto("retirement")
		.values({ key_id: keyId, ...retirement })
		.onConflict((conflict) => conflict.column("key_id").doUpdateSet(retirement))
		.execute();
	const detail = { replacedBy: await describeKey(db, { keyId: replacedBy }) };
	await recordActivity(db, { actor, workspaceId, kind: "key.retirement_began", keyId, detail });
}

/** Takes a retirement back. Does nothing if there is none. */
export async function cancelRetirement(db: Database, { actor, workspaceId, keyId }: KeyToRetire): Promise<void> {
	const { numDeletedRows } = await db
		.deleteFrom("retirement")
		.where("key_id", "=", keyId)
		.where("state", "<>", "done")
		.executeTakeFirstOrThrow();
	if (numDeletedRows > 0n) await recordActivity(db, { actor, workspaceId, kind: "key.retirement_cancelled", keyId });
}
