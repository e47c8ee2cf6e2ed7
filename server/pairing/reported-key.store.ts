import type { Database } from "../storage/database.ts";

/** The id of the key that Studio reported; undefined unless it belongs to the pairing's workspace. */
export async function findReportedKey(db: Database, { pairingId }: { pairingId: string }): Promise<string | undefined> {
	const key = await db
		.selectFrom("pairing as p")
		.innerJoin("api_key as k", (join) =>
			join.onRef("k.id", "=", "p.reported_key_id").onRef("k.workspace_id", "=", "p.workspace_id"),
		)
		.select("k.id")
		.where("p.id", "=", pairingId)
		.executeTakeFirst();
	return key?.id;
}
