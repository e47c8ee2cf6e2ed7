import type { Key, KeyOrigin, KeyRef } from "../../shared/wire.ts";
import { personRef } from "../activity/person-ref.ts";
import { isoTime } from "../clock.ts";
import type { Counts } from "./key-use.store.ts";

/** A key's row, with names, and the key that takes over from it. */
export interface KeyRow {
	id: string;
	label: string;
	hint: string;
	origin: KeyOrigin;
	place_id: string | null;
	universe_id: string | null;
	place_name: string | null;
	created_at: number;
	created_by: string | null;
	created_by_name: string | null;
	created_by_left: number | boolean;
	sealed_at: number | null;
	last_used_at: number | null;
	first_server_at: number | null;
	last_server_at: number | null;
	last_refused_at: number | null;
	successor_id: string | null;
	successor_label: string | null;
	successor_hint: string | null;
	revoked_at: number | null;
	revoked_by: string | null;
	revoked_by_name: string | null;
	revoked_by_left: number | boolean;
	revoked_reason: string | null;
}

export function toKey(row: KeyRow, used: Counts): Key {
	const reported = row.place_id !== null || row.universe_id !== null || row.place_name !== null;
	return {
		id: row.id,
		label: row.label,
		hint: row.hint,
		state: row.revoked_at === null ? "active" : "revoked",
		origin: row.origin,
		place: reported ? { placeId: row.place_id, universeId: row.universe_id, name: row.place_name } : null,
		createdAt: isoTime(row.created_at),
		createdBy: personRef(row.created_by, row.created_by_name, row.created_by_left),
		confirmedAt: isoTime(row.sealed_at),
		lastUsedAt: isoTime(row.last_used_at),
		firstServerAt: isoTime(row.first_server_at),
		lastServerAt: isoTime(row.last_server_at),
		...used,
		lastRefusedAt: isoTime(row.last_refused_at),
		replacedBy: successor(row),
		revokedAt: isoTime(row.revoked_at),
		revokedBy: personRef(row.revoked_by, row.revoked_by_name, row.revoked_by_left),
		revokedReason: row.revoked_reason,
	};
}

function successor({ successor_id: id, successor_label: label, successor_hint: hint }: KeyRow): KeyRef | null {
	return id === null || label === null || hint === null ? null : { id, label, hint };
}
