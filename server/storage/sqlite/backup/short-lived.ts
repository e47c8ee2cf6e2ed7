import type { SqliteDatabase } from "../open-database.ts";
import { tablesOf } from "./inspect.ts";

/** Rows that let someone in, or are about to, and running servers. None outlives a restore, so none is backed up. */
const SHORT_LIVED = [
	"session",
	"verification",
	"password_reset",
	"setup_token",
	"invitation",
	"pending_sign_up",
	"server_process",
] as const;

/** Ends sessions, pairings, links and retirements, in any version's database. */
export function endShortLived(db: SqliteDatabase): void {
	const tables = new Set(tablesOf(db));
	for (const table of SHORT_LIVED) if (tables.has(table)) db.exec(`DELETE FROM ${table}`);
	if (tables.has("account")) {
		db.exec(`UPDATE account SET "accessToken" = NULL, "refreshToken" = NULL, "idToken" = NULL
			WHERE "accessToken" IS NOT NULL OR "refreshToken" IS NOT NULL OR "idToken" IS NOT NULL`);
	}
	// Whether such a key was used since, or is to be kept by now, is not known.
	if (tables.has("retirement")) db.exec("DELETE FROM retirement WHERE state <> 'done'");
	if (!tables.has("pairing")) return;
	// With its salt, a pairing's key could be derived by the holder of the other half.
	db.exec(`UPDATE pairing SET status = 'expired', salt = NULL, ended_at = (SELECT max(latest, created_at) FROM clock)
		WHERE ended_at IS NULL`);
}
