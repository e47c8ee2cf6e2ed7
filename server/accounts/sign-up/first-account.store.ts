import type { Database } from "../../storage/database.ts";

/** False until the first account is created. */
export async function hasAccount(db: Database): Promise<boolean> {
	return (await db.selectFrom("user").select("id").limit(1).executeTakeFirst()) !== undefined;
}
