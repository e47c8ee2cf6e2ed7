import { SYSTEM } from "../activity/actor.ts";
import { insertKey } from "../keys/manage/key-writes.store.ts";
import type { Database } from "../storage/database.ts";
import { mayManageKeys } from "../workspaces/rights.ts";
import { newKeyId } from "./new-key-id.ts";
import { statusAt } from "./pairing-row.ts";
import { findPreviousKey } from "./previous-key.store.ts";
import { isNewPoller } from "./requested-from.ts";
import type { Requester } from "./requester.ts";
import { transition } from "./transition.store.ts";
import { withdraw } from "./withdraw.store.ts";

/** The outcome of a poll that returns no key (RFC 8628 §3.5). */
export type NotIssued =
	| { outcome: "authorization_pending"; pairingId: string; isNewPoller?: boolean }
	| { outcome: "access_denied" | "expired_token" | "invalid_grant" };

export interface Issued {
	outcome: "issued";
	key: DeliveredKey;
}

/** The response to a successful poll, except the key itself. */
export interface DeliveredKey {
	id: string;
	label: string;
	workspace: { id: string; name: string };
	approvedBy: string;
	/** When the key expires unless it is used, in milliseconds. */
	confirmBy: number;
}

/** `approved`: call `issueKey` next. The salt is set on approval and never changes until the pairing ends. */
export type Poll =
	| NotIssued
	| { outcome: "approved"; pairingId: string; salt: Uint8Array }
	| (Issued & { salt: Uint8Array });

/** Handles a poll as far as possible without writing. */
export async function pollPairing(
	db: Database,
	{ deviceCodeHash, poller }: { deviceCodeHash: string; poller: Requester },
): Promise<Poll> {
	const pairing = await selectJoined(db)
		.where("p.device_code_hash", "=", Buffer.from(deviceCodeHash, "hex"))
		.executeTakeFirst();
	if (pairing === undefined) return { outcome: "invalid_grant" };
	const { id: pairingId, salt } = pairing;
	const settled = settledOutcome(pairing, db.now);
	if (settled?.outcome === "authorization_pending") return { ...settled, isNewPoller: isNewPoller(pairing, poller) };
	if (settled !== undefined && settled.outcome !== "issued") return settled;
	if (salt === null) throw new TypeError("An approved pairing has no salt.");
	return settled ? { ...settled, salt } : { outcome: "approved", pairingId, salt };
}

export interface Issue {
	pairingId: string;
	/** SHA-256, in hex, of the key derived from the pairing's salt and the device code. */
	digest: string;
	hint: string;
	/** Of the client that fetches it. */
	address: string;
}

/** `approved → issued`, once. Withdraws the pairing if the approver may no longer create keys. */
export async function issueKey(db: Database, { pairingId, digest, hint, address }: Issue): Promise<NotIssued | Issued> {
	const pairing = await selectJoined(db).where("p.id", "=", pairingId).executeTakeFirst();
	if (pairing === undefined) return { outcome: "invalid_grant" };
	const settled = settledOutcome(pairing, db.now);
	if (settled !== undefined) return settled;
	if (!isStillAuthorized(pairing)) {
		await withdraw(db, pairing, SYSTEM);
		return { outcome: "access_denied" };
	}
	const keyId = newKeyId(pairingId);
	const { label, approved_by: accountId, workspace_id: workspaceId } = pairing;
	await insertKey(db, {
		actor: { accountId, address },
		id: keyId,
		digest,
		hint,
		workspaceId,
		label,
		origin: "studio",
		place: { placeId: pairing.place_id, universeId: pairing.universe_id, name: pairing.place_name },
		replaces: (await findPreviousKey(db, { pairingId }))?.id ?? null,
		confirmBy: pairing.expires_at,
	});
	await transition(db, { id: pairingId, from: "approved", set: { status: "issued", key_id: keyId } });
	return issued(pairing, { id: keyId, label });
}

const selectJoined = (db: Database) =>
	db
		.selectFrom("pairing as p")
		.leftJoin("api_key as k", "k.id", "p.key_id")
		.leftJoin("workspace as w", "w.id", "p.workspace_id")
		.leftJoin("user as u", "u.id", "p.approved_by")
		.leftJoin("member as m", (join) =>
			join.onRef("m.workspace_id", "=", "p.workspace_id").onRef("m.account_id", "=", "p.approved_by"),
		)
		.select(["p.id", "p.status", "p.expires_at", "p.salt", "p.key_id", "p.label", "p.approved_by", "p.workspace_id"])
		.select(["p.place_id", "p.universe_id", "p.place_name"])
		.select(["p.started_from", "p.started_agent", "p.polled_from", "p.polled_agent", "p.forwarded"])
		.select(["k.label as key_label", "w.name as workspace_name", "u.name as approver", "m.role"]);

type JoinedPairing = Awaited<ReturnType<ReturnType<typeof selectJoined>["executeTakeFirstOrThrow"]>>;
type ApprovedPairing = JoinedPairing & { label: string; approved_by: string; workspace_id: string };

/** True if the approver may still create keys in the workspace. */
function isStillAuthorized(pairing: JoinedPairing): pairing is ApprovedPairing {
	const { label, approved_by: approver, workspace_id: workspaceId, role } = pairing;
	return label !== null && approver !== null && workspaceId !== null && mayManageKeys(role ?? undefined);
}

/** Undefined if the key must be issued or the pairing withdrawn first. */
function settledOutcome(pairing: JoinedPairing, now: number): NotIssued | Issued | undefined {
	const status = statusAt(pairing, now);
	if (status === "pending") return { outcome: "authorization_pending", pairingId: pairing.id };
	if (status === "denied") return { outcome: "access_denied" };
	if (status === "expired") return { outcome: "expired_token" };
	if (status === "sealed") return { outcome: "invalid_grant" };
	const { key_id: id, key_label: label } = pairing;
	return id !== null && label !== null && isStillAuthorized(pairing) ? issued(pairing, { id, label }) : undefined;
}

function issued(pairing: ApprovedPairing, key: { id: string; label: string }): Issued {
	const { workspace_id: id, workspace_name: name, approver, expires_at: confirmBy } = pairing;
	return {
		outcome: "issued",
		key: { ...key, workspace: { id, name: name ?? "" }, approvedBy: approver ?? "", confirmBy },
	};
}
