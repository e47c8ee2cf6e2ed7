import type { Database } from "../../storage/database.ts";

/** When a game server last used this key, in milliseconds, as of the last flush. */
export async function findLastServerAt(db: Database, { keyId }: { keyId: string }): Promise<number | null> {
	const key = await db.selectFrom("api_key").select("last_server_at").where("id", "=", keyId).executeTakeFirst();
	return key?.last_server_at ?? null;
}
