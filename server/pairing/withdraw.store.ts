import type { Actor } from "../activity/actor.ts";
import { revokeKey } from "../keys/manage/key-writes.store.ts";
import type { Database } from "../storage/database.ts";
import type { PairingRow } from "./pairing-row.ts";
import { endPairing } from "./transition.store.ts";

/** Denies a pairing that is not sealed. It issues no key any more, and a key already issued is revoked. */
export async function withdraw(
	db: Database,
	pairing: Pick<PairingRow, "id" | "status" | "key_id">,
	actor: Actor,
): Promise<void> {
	const { status, key_id: keyId } = pairing;
	// Revoking the key also ends its pairing.
	if (status === "issued" && keyId !== null && (await revokeKey(db, { actor, keyId, reason: "denied" }))) return;
	await endPairing(db, pairing, "denied");
}
