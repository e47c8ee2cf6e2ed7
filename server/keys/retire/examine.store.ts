import { type Selectable, sql } from "kysely";

import type { WaitingFor } from "../../../shared/wire.ts";
import { SYSTEM } from "../../activity/actor.ts";
import { recordActivity } from "../../activity/record.store.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/tables.ts";
import { revokeKey } from "../manage/key-writes.store.ts";
import { readRetirementFacts } from "../rotate/facts.store.ts";
import { MAX_AGE_MS, stateOf, waitsFor } from "../rotate/judge.ts";
import { committedTo } from "../usage/processes.store.ts";
import { STRETCH_MS, stretchOf } from "../usage/stretches.ts";
import { isLogged } from "../usage/usage-log.store.ts";

/** Small steps, since other writers wait for each. */
const STEP_RETIREMENTS = 20;

type Retirement = Pick<Selectable<Tables["retirement"]>, "key_id" | "since" | "begun_by" | "state"> & {
	workspace_id: string;
};

/**
 * Looks at retirements in which a stretch was added, or that were not looked at for as long, and revokes the keys that no
 * server needs. True if there may be more.
 */
export async function examineRetirements(db: Database): Promise<boolean> {
	const end = stretchOf(await committedTo(db));
	const due = await findDue(db, end);
	let examined = 0;
	for (const retirement of due) {
		// It is in use: its turn comes once that is counted.
		if (await isLogged(db, { keyId: retirement.key_id })) continue;
		await examine(db, retirement);
		examined += 1;
	}
	return due.length === STEP_RETIREMENTS && examined > 0;
}

/** Each is read from the beginning of an index, however many there are that are not due. */
async function findDue(db: Database, end: number): Promise<Retirement[]> {
	const open = db
		.selectFrom("retirement as r")
		.innerJoin("api_key as k", "k.id", "r.key_id")
		.select(["r.key_id", "r.since", "r.begun_by", "r.state", "k.workspace_id"])
		.where("r.state", "<>", sql.lit("done" as const))
		.where("r.asks_for_good", "=", sql.lit(0));
	const added = await open.where("r.counted_to", "<", end).orderBy("r.counted_to").limit(STEP_RETIREMENTS).execute();
	const left = STEP_RETIREMENTS - added.length;
	if (left === 0) return added;
	const old = await open
		.where("r.examined_at", "<=", db.now - STRETCH_MS)
		.where("r.counted_to", ">=", end)
		.orderBy("r.examined_at")
		.limit(left)
		.execute();
	return [...added, ...old];
}

async function examine(db: Database, retirement: Retirement): Promise<void> {
	const { key_id: keyId, workspace_id: workspaceId, since, begun_by: begunBy } = retirement;
	const facts = await readRetirementFacts(db, { keyId });
	const waiting = waitsFor(facts);
	const state = stateOf(waiting, { since, now: db.now });
	if (state === "waiting" && waiting.length === 0)
		await revokeKey(db, { actor: { accountId: begunBy, address: null }, keyId, reason: "retired" });
	const { silence } = facts;
	await db
		.updateTable("retirement")
		.set({
			state,
			silent: silence.silent,
			counted_to: silence.countedTo,
			last_used_at: silence.lastUsedAt,
			examined_at: db.now,
			asks_for_good: Number(db.now - since > MAX_AGE_MS),
		})
		.where("key_id", "=", keyId)
		// Revoking it has ended it, unless it was refused already.
		.where("state", "<>", "done")
		.execute();
	if (state !== "asking" || retirement.state === "asking") return;
	const detail = { reason: reasonToAsk(waiting) };
	await recordActivity(db, { actor: SYSTEM, workspaceId, kind: "key.retirement_asked", keyId, detail });
}

/** The codes, or `too_old`: seven days have passed. */
function reasonToAsk(waiting: readonly WaitingFor[]): string {
	const codes = [...new Set(waiting.map(({ code }) => code))];
	const isStuck = codes.includes("too_many_places") || codes.join("") === "no_newer_version";
	return isStuck ? codes.join(" ") : "too_old";
}
