import type { Updateable } from "kysely";

import type { PairingStatus } from "../../shared/wire.ts";
import type { Database } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

/** Statuses that can only be reached before the deadline. */
const BEFORE_DEADLINE: readonly PairingStatus[] = ["approved", "issued", "sealed"];

export interface Transition {
	id: string;
	from: PairingStatus;
	set: Updateable<Tables["pairing"]> & { status: PairingStatus };
}

/** Changes a pairing's status. @throws Error if it is not in status `from`, or its deadline has passed */
export async function transition(db: Database, { id, from, set }: Transition): Promise<void> {
	let update = db.updateTable("pairing").set(set).where("id", "=", id).where("status", "=", from);
	if (BEFORE_DEADLINE.includes(set.status)) update = update.where("expires_at", ">", db.now);
	const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
	if (numUpdatedRows !== 1n) throw new Error("A pairing changed during its transition.");
}

/** The last transition. Deletes the salt, so that the key can no longer be derived. */
export async function endPairing(
	db: Database,
	{ id, status }: { id: string; status: PairingStatus },
	as: "sealed" | "denied" | "expired",
): Promise<void> {
	await transition(db, { id, from: status, set: { status: as, salt: null, ended_at: db.now } });
}
