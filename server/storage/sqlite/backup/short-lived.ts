import type { SqliteDatabase } from "../open-database.ts";
import { tablesOf } from "./inspect.ts";

/** Rows that let someone in, or are about to: sessions and links. None outlives a restore, so none is backed up. */
const SHORT_LIVED = [
	"session",
	"verification",
	"password_reset",
	"setup_token",
	"invitation",
	"pending_sign_up",
] as const;

/** Ends sessions, pairings and links, in any version's database. */
export function endShortLived(db: SqliteDatabase): void {
	const tables = new Set(tablesOf(db));
	for (const table of SHORT_LIVED) if (tables.has(table)) db.exec(`DELETE FROM ${table}`);
	if (tables.has("account")) {
		db.exec(`UPDATE account SET "accessToken" = NULL, "refreshToken" = NULL, "idToken" = NULL
			WHERE "accessToken" IS NOT NULL OR "refreshToken" IS NOT NULL OR "idToken" IS NOT NULL`);
	}
	if (!tables.has("pairing")) return;
	// With its salt, a pairing's key could be derived by the holder of the other half.
	db.exec(`UPDATE pairing SET status = 'expired', salt = NULL, ended_at = (SELECT max(latest, created_at) FROM clock)
		WHERE ended_at IS NULL`);
}
