import type { Updateable } from "kysely";

import type { PairingStatus } from "../../shared/wire.ts";
import type { Database } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

/** Statuses that a pairing reaches only before its deadline. */
const FORWARD: readonly PairingStatus[] = ["approved", "issued", "sealed"];

export interface Transition {
	/** The pairing's id. */
	id: string;
	from: PairingStatus;
	set: Updateable<Tables["pairing"]> & { status: PairingStatus };
}

/** One transition: exactly one row must change. */
export async function transition(db: Database, { id, from, set }: Transition): Promise<void> {
	let update = db.updateTable("pairing").set(set).where("id", "=", id).where("status", "=", from);
	if (FORWARD.includes(set.status)) update = update.where("expires_at", ">", db.now);
	const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
	if (numUpdatedRows !== 1n) throw new Error("A pairing changed under a transition that had checked it.");
}

/** The last transition: with the salt goes what could yield the key. */
export async function endPairing(
	db: Database,
	{ id, status }: { id: string; status: PairingStatus },
	as: "sealed" | "denied" | "expired",
): Promise<void> {
	await transition(db, { id, from: status, set: { status: as, salt: null, ended_at: db.now } });
}
