import type { Key, KeyOrigin, KeyRef, PersonRef } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { Counts } from "./key-use.ts";
import { JOIN_END_OF_MAKER } from "./revoke-by-maker.ts";
import { SUCCESSOR } from "./successor.ts";

/** A key's row, with names, and what took its place. */
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
	created_by_left: number;
	sealed_at: number | null;
	last_used_at: number | null;
	first_server_at: number | null;
	last_server_at: number | null;
	last_refused_at: number | null;
	/** JSON of a KeyRef. */
	replaced_by: string | null;
	revoked_at: number | null;
	revoked_by: string | null;
	revoked_by_name: string | null;
	revoked_by_left: number;
	revoked_reason: string | null;
}

const IS_GONE = (column: string) =>
	`NOT EXISTS (SELECT 1 FROM member p WHERE p.workspace_id = k.workspace_id AND p.account_id = ${column})`;

const SUCCESSOR_REF = SUCCESSOR("json_object('id', n.id, 'label', n.label, 'hint', n.hint)");

const REVOKED_BY = "iif(k.revoked_at IS NULL, m.revoked_by, k.revoked_by)";

export const SELECT_KEY = `
SELECT k.id, k.label, k.hint, k.origin, k.place_id, k.universe_id, k.place_name, k.created_at, k.created_by,
	creator.name AS created_by_name, ${IS_GONE("k.created_by")} AS created_by_left, k.sealed_at, k.last_used_at,
	k.first_server_at, k.last_server_at, k.last_refused_at,
	CASE WHEN k.revoked_at IS NULL AND m.at IS NULL THEN coalesce(${SUCCESSOR_REF}) END AS replaced_by,
	coalesce(k.revoked_at, m.at) AS revoked_at, ${REVOKED_BY} AS revoked_by, revoker.name AS revoked_by_name,
	${IS_GONE(REVOKED_BY)} AS revoked_by_left, coalesce(k.revoked_reason, iif(m.at, 'maker_left', NULL)) AS revoked_reason
FROM api_key k ${JOIN_END_OF_MAKER}
LEFT JOIN "user" creator ON creator.id = k.created_by
LEFT JOIN "user" revoker ON revoker.id = ${REVOKED_BY}`;

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
		createdBy: person(row.created_by, row.created_by_name, row.created_by_left),
		confirmedAt: isoTime(row.sealed_at),
		lastUsedAt: isoTime(row.last_used_at),
		firstServerAt: isoTime(row.first_server_at),
		lastServerAt: isoTime(row.last_server_at),
		...used,
		lastRefusedAt: isoTime(row.last_refused_at),
		replacedBy: row.replaced_by === null ? null : (JSON.parse(row.replaced_by) as KeyRef),
		revokedAt: isoTime(row.revoked_at),
		revokedBy: person(row.revoked_by, row.revoked_by_name, row.revoked_by_left),
		revokedReason: row.revoked_reason,
	};
}

function person(id: string | null, name: string | null, left: number): PersonRef | null {
	if (id === null || name === null) return null;
	return left === 1 ? { id, name, left: true } : { id, name };
}
