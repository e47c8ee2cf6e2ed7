import type { Key, KeyOrigin } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";

/** A key as the list shows it: its row, with names and the last day's requests. */
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
	sealed_at: number | null;
	last_used_at: number | null;
	first_server_at: number | null;
	last_server_at: number | null;
	requests_24h: number;
	revoked_at: number | null;
	revoked_by: string | null;
	revoked_by_name: string | null;
	revoked_reason: string | null;
}

/** `:since` is the first hour that counts as the last 24. */
export const SELECT_KEY = `
SELECT k.id, k.label, k.hint, k.origin, k.place_id, k.universe_id, k.place_name, k.created_at, k.created_by,
	creator.name AS created_by_name, k.sealed_at, k.last_used_at, k.first_server_at, k.last_server_at,
	(SELECT coalesce(sum(accepted), 0) FROM key_usage u WHERE u.key_id = k.id AND u.hour >= :since) AS requests_24h,
	k.revoked_at, k.revoked_by, revoker.name AS revoked_by_name, k.revoked_reason
FROM api_key k
LEFT JOIN "user" creator ON creator.id = k.created_by
LEFT JOIN "user" revoker ON revoker.id = k.revoked_by`;

export function toKey(row: KeyRow): Key {
	const reported = row.place_id !== null || row.universe_id !== null || row.place_name !== null;
	return {
		id: row.id,
		label: row.label,
		hint: row.hint,
		state: row.revoked_at === null ? "active" : "revoked",
		origin: row.origin,
		place: reported ? { placeId: row.place_id, universeId: row.universe_id, name: row.place_name } : null,
		createdAt: isoTime(row.created_at),
		createdBy: person(row.created_by, row.created_by_name),
		confirmedAt: isoTime(row.sealed_at),
		lastUsedAt: isoTime(row.last_used_at),
		firstServerAt: isoTime(row.first_server_at),
		lastServerAt: isoTime(row.last_server_at),
		requests24h: row.requests_24h,
		revokedAt: isoTime(row.revoked_at),
		revokedBy: person(row.revoked_by, row.revoked_by_name),
		revokedReason: row.revoked_reason,
	};
}

function person(id: string | null, name: string | null): Key["createdBy"] {
	return id === null || name === null ? null : { id, name };
}
