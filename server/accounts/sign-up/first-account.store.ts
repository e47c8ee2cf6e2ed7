import type { Database } from "../../storage/database.ts";

/** Whether there is any account yet. */
export async function hasAccount(db: Database): Promise<boolean> {
	return (await db.selectFrom("user").select("id").limit(1).executeTakeFirst()) !== undefined;
}
