import type { Selectable } from "kysely";

import type { Key, KeyRef, Retirement, RetirementState, WaitingFor } from "../../../shared/wire.ts";
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

/** A key's row, joined with people's names, its successor and its retirement. */
export interface KeyRow extends Omit<Selectable<Tables["api_key"]>, OmittedColumn> {
	created_by_name: string | null;
	created_by_left: number | boolean;
	successor_id: string | null;
	successor_label: string | null;
	successor_hint: string | null;
	revoked_by_name: string | null;
	revoked_by_left: number | boolean;
	retirement_since: number | null;
	retirement_state: RetirementState | null;
	begun_by: string | null;
	begun_by_name: string | null;
	begun_by_left: number | boolean;
	retired_for_id: string | null;
	retired_for_label: string | null;
	retired_for_hint: string | null;
}

/** @param waitingFor what its retirement waits for */
export function toKey(row: KeyRow, counts: Counts, waitingFor: WaitingFor[]): Key {
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
		retirement: retirementOf(row, waitingFor),
		replacedBy: keyRef(row.successor_id, row.successor_label, row.successor_hint),
		revokedAt: isoTime(row.revoked_at),
		revokedBy: personRef(row.revoked_by, row.revoked_by_name, row.revoked_by_left),
		revokedReason: row.revoked_reason,
	};
}

function retirementOf(row: KeyRow, waitingFor: WaitingFor[]): Retirement | null {
	const { retirement_since: since, retirement_state: state } = row;
	if (since === null || state === null) return null;
	return {
		since: isoTime(since),
		by: personRef(row.begun_by, row.begun_by_name, row.begun_by_left),
		replacedBy: keyRef(row.retired_for_id, row.retired_for_label, row.retired_for_hint),
		// Keys that end with their maker are marked later.
		state: row.revoked_at === null ? state : "done",
		waitingFor,
	};
}

function keyRef(id: string | null, label: string | null, hint: string | null): KeyRef | null {
	return id === null || label === null || hint === null ? null : { id, label, hint };
}
