import { SYSTEM } from "../activity/actor.ts";
import { recordActivity } from "../activity/record.store.ts";
import { revokeKey } from "../keys/manage/key-writes.store.ts";
import { beginRetirement } from "../keys/retire/retirement.store.ts";
import type { Database } from "../storage/database.ts";
import { roleOf } from "../workspaces/membership.store.ts";
import { mayManageKeys } from "../workspaces/rights.ts";
import type { PairingRow } from "./pairing-row.ts";
import { fateOf } from "./pairing-row.ts";
import { findPreviousKey } from "./previous-key.store.ts";
import { endPairing } from "./transition.store.ts";

/**
 * On a key's first use, seals the key, ends its pairing and, if the approver chose so, revokes or retires the key it replaces. Revokes
 * the key instead if it has expired. Does nothing if it is already sealed or revoked.
 */
export async function sealPairing(db: Database, { keyId }: { keyId: string }): Promise<void> {
	const key = await db
		.selectFrom("api_key")
		.select(["workspace_id", "confirm_by"])
		.where("id", "=", keyId)
		.where("sealed_at", "is", null)
		.where("revoked_at", "is", null)
		.executeTakeFirst();
	if (key === undefined) return;
	const pairing = await db
		.selectFrom("pairing")
		.select(["id", "status", "place_name", "previous_key_fate", "retires_previous"])
		.select(["approved_by", "workspace_id"])
		.where("key_id", "=", keyId)
		.where("status", "=", "issued")
		.executeTakeFirst();
	if (pairing === undefined || key.confirm_by === null || key.confirm_by <= db.now) {
		// End the pairing first, so that its status is "expired" and not "denied".
		if (pairing !== undefined) await endPairing(db, pairing, "expired");
		await revokeKey(db, { actor: SYSTEM, keyId, reason: "unconfirmed" });
		return;
	}
	await db.updateTable("api_key").set({ sealed_at: db.now }).where("id", "=", keyId).execute();
	await endPairing(db, pairing, "sealed");
	await recordActivity(db, {
		actor: SYSTEM,
		workspaceId: key.workspace_id,
		kind: "key.installed",
		keyId,
		detail: pairing.place_name === null ? {} : { place: pairing.place_name },
	});
	const fate = fateOf(pairing);
	if (fate !== "keep" && fate !== null) await endPrevious(db, pairing, { fate, newKeyId: keyId });
}

type SealedPairing = Pick<PairingRow, "id" | "approved_by" | "workspace_id">;

/** Only a proven key of the approved workspace, and only if the approver may still manage keys there. */
async function endPrevious(
	db: Database,
	pairing: SealedPairing,
	{ fate, newKeyId }: { fate: "retire" | "revoke"; newKeyId: string },
): Promise<void> {
	const { id: pairingId, approved_by: accountId, workspace_id: workspaceId } = pairing;
	if (accountId === null || workspaceId === null) return;
	if (!mayManageKeys(await roleOf(db, { accountId, workspaceId }))) return;
	const previous = await findPreviousKey(db, { pairingId });
	if (previous === undefined || !previous.isProven || previous.id === newKeyId) return;
	const actor = { accountId, address: null };
	if (fate === "revoke") await revokeKey(db, { actor, keyId: previous.id, reason: "replaced" });
	else if (await isActive(db, previous.id))
		await beginRetirement(db, { actor, workspaceId, keyId: previous.id, replacedBy: newKeyId });
}

async function isActive(db: Database, keyId: string): Promise<boolean> {
	const key = await db.selectFrom("api_key").select("revoked_at").where("id", "=", keyId).executeTakeFirst();
	return key?.revoked_at === null;
}
