import type { Selectable } from "kysely";

import type { PairingStatus } from "../../shared/wire.ts";
import type { Tables } from "../storage/tables.ts";

export type PairingRow = Selectable<Tables["pairing"]>;

/** The status that counts at `now`: the sweep may not have come by yet. */
export function statusAt(row: Pick<PairingRow, "status" | "expires_at">, now: number): PairingStatus {
	const live = row.status === "pending" || row.status === "approved" || row.status === "issued";
	return live && row.expires_at <= now ? "expired" : row.status;
}
