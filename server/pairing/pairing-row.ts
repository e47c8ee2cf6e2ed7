import type { Selectable } from "kysely";

import type { PairingStatus, PreviousKeyFate } from "../../shared/wire.ts";
import type { Tables } from "../storage/tables.ts";

export type PairingRow = Selectable<Tables["pairing"]>;

/** The status at `now`, even if the sweep has not marked the pairing as expired yet. */
export function statusAt(row: Pick<PairingRow, "status" | "expires_at">, now: number): PairingStatus {
	const live = row.status === "pending" || row.status === "approved" || row.status === "issued";
	return live && row.expires_at <= now ? "expired" : row.status;
}

type StoredFate = Pick<PairingRow, "previous_key_fate" | "retires_previous">;

/** What becomes of the previous key; null before the approval. */
export function fateOf({ previous_key_fate: fate, retires_previous: retires }: StoredFate): PreviousKeyFate | null {
	return fate === "keep" && retires === 1 ? "retire" : fate;
}

/** The columns that hold it: a key that is retired later is kept for now. */
export function storedFate(fate: PreviousKeyFate): StoredFate {
	return fate === "retire"
		? { previous_key_fate: "keep", retires_previous: 1 }
		: { previous_key_fate: fate, retires_previous: 0 };
}
