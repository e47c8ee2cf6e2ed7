import type { Database } from "../storage/database.ts";

export interface PreviousKeyOfPairing {
	id: string;
	/** The client proved to hold it. Otherwise it is only what Studio reported. */
	isProven: boolean;
}

/** The key that a pairing replaces; undefined unless it belongs to the pairing's workspace. */
export async function findPreviousKey(
	db: Database,
	{ pairingId }: { pairingId: string },
): Promise<PreviousKeyOfPairing | undefined> {
	const key = await db
		.selectFrom("pairing as p")
		.innerJoin("api_key as k", (join) =>
			join
				.on("k.id", "=", ({ fn, ref }) => fn.coalesce(ref("p.proven_key_id"), ref("p.reported_key_id")))
				.onRef("k.workspace_id", "=", "p.workspace_id"),
		)
		.select(["k.id", "p.proven_key_id"])
		.where("p.id", "=", pairingId)
		.executeTakeFirst();
	return key && { id: key.id, isProven: key.proven_key_id !== null };
}
