import type { Pairing, PairingIntent, PairingStatus, PreviousKeyFate } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import { mayManageKeys, roleOf } from "../workspaces/membership.ts";
import { showUserCode } from "./user-code.ts";

export interface PairingRow {
	id: string;
	user_code: string;
	status: PairingStatus;
	intent: PairingIntent;
	place_id: string | null;
	universe_id: string | null;
	place_name: string | null;
	studio_user_id: string | null;
	reported_key_id: string | null;
	created_at: number;
	expires_at: number;
	claimed_by: string | null;
	approved_by: string | null;
	workspace_id: string | null;
	label: string | null;
	previous_key_fate: PreviousKeyFate | null;
	salt: Buffer | null;
	key_id: string | null;
}

interface PreviousKeyRow {
	id: string;
	label: string;
	hint: string;
	workspace_id: string;
	last_used_at: number | null;
}

export function pairingByUserCode(db: SqliteDatabase, code: string): PairingRow | undefined {
	return db.prepare<[string], PairingRow>("SELECT * FROM pairing WHERE user_code = ?").get(code);
}

export function pairingByDeviceCode(db: SqliteDatabase, hash: Buffer): PairingRow | undefined {
	return db.prepare<[Buffer], PairingRow>("SELECT * FROM pairing WHERE device_code_hash = ?").get(hash);
}

/** The status that counts at `now`: the sweeper may not have come by yet. */
export function statusAt(row: PairingRow, now: number): PairingStatus {
	const live = row.status === "pending" || row.status === "approved" || row.status === "issued";
	return live && row.expires_at <= now ? "expired" : row.status;
}

/** The key that Studio reported, where `viewer` may manage keys in its workspace; unknown and foreign ids look alike. */
export function previousKey(db: SqliteDatabase, row: PairingRow, viewer: string): PreviousKeyRow | undefined {
	if (row.reported_key_id === null) return undefined;
	const key = db
		.prepare<[string], PreviousKeyRow>("SELECT id, label, hint, workspace_id, last_used_at FROM api_key WHERE id = ?")
		.get(row.reported_key_id);
	return key && mayManageKeys(roleOf(db, viewer, key.workspace_id)) ? key : undefined;
}

/** A pairing as `viewer` sees it. */
export function toPairing(db: SqliteDatabase, row: PairingRow, viewer: string, now: number): Pairing {
	const previous = previousKey(db, row, viewer);
	return {
		userCode: showUserCode(row.user_code),
		status: statusAt(row, now),
		reported: {
			placeId: row.place_id,
			universeId: row.universe_id,
			placeName: row.place_name,
			studioUserId: row.studio_user_id,
			intent: row.intent,
		},
		previousKey: previous
			? { id: previous.id, label: previous.label, hint: previous.hint, lastUsedAt: isoTime(previous.last_used_at) }
			: null,
		createdAt: isoTime(row.created_at),
		expiresAt: isoTime(row.expires_at),
	};
}
