import type { Selectable } from "kysely";

import type { Key, KeyRef, Retirement } from "../../../shared/wire.ts";
import { personRef } from "../../activity/person-ref.ts";
import { isoTime } from "../../clock.ts";
import type { Tables } from "../../storage/tables.ts";
import { type Counts, useOf } from "../usage/key-uses.store.ts";

type OmittedColumn =
	| "digest_prefix"
	| "digest"
	| "workspace_id"
	| "confirm_by"
	| "replaces"
	| "requests_24h"
	| "label_core"
	| "label_folded"
	| "place_name_folded"
	| "last_without_server_at"
	| "last_goodbye_at"
	| "servers_dropped_at"
	| "places_dropped_at";

/** A key's row, joined with people's names and its successor. */
export interface KeyRow extends Omit<Selectable<Tables["api_key"]>, OmittedColumn> {
	created_by_name: string | null;
	created_by_left: number | boolean;
	successor_id: string | null;
	successor_label: string | null;
	successor_hint: string | null;
	revoked_by_name: string | null;
	revoked_by_left: number | boolean;
}

export function toKey(row: KeyRow, counts: Counts, retirement: Retirement | undefined): Key {
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
		...useOf(row, counts),
		retirement: retirementOf(row, retirement),
		replacedBy: successorRef(row),
		revokedAt: isoTime(row.revoked_at),
		revokedBy: personRef(row.revoked_by, row.revoked_by_name, row.revoked_by_left),
		revokedReason: row.revoked_reason,
	};
}

/** Keys that end with their maker are marked later. */
function retirementOf({ revoked_at: revokedAt }: KeyRow, retirement: Retirement | undefined): Retirement | null {
	if (retirement === undefined) return null;
	return revokedAt === null ? retirement : { ...retirement, state: "done", waitingFor: [] };
}

function successorRef({ successor_id: id, successor_label: label, successor_hint: hint }: KeyRow): KeyRef | null {
	return id === null || label === null || hint === null ? null : { id, label, hint };
}
