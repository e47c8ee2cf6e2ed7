import type { Selectable } from "kysely";

import type { PairingStatus } from "../../shared/wire.ts";
import type { Tables } from "../storage/tables.ts";

export type PairingRow = Selectable<Tables["pairing"]>;

/** The status at `now`, even if the sweep has not marked the pairing as expired yet. */
export function statusAt(row: Pick<PairingRow, "status" | "expires_at">, now: number): PairingStatus {
	const live = row.status === "pending" || row.status === "approved" || row.status === "issued";
	return live && row.expires_at <= now ? "expired" : row.status;
}
