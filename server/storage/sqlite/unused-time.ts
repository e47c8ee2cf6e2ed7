import { TOLERANCE_MS } from "../timekeeper.ts";
import type { SqliteDatabase } from "./open-database.ts";

const SETUP_TOKEN_MS = 24 * 3_600_000;

/**
 * Forgets the stored time if it is ahead of `wall` (milliseconds since 1970) and there is no account yet: nothing depends on
 * it then, and a first start with a wrong clock would otherwise put all later dates in the future.
 */
export function forgetUnusedTime(db: SqliteDatabase, wall: number): void {
	db.transaction(() => {
		const isAhead = db.prepare("SELECT 1 FROM clock WHERE latest > ?").get(wall + TOLERANCE_MS) !== undefined;
		const isUsed = db.prepare("SELECT 1 FROM user UNION ALL SELECT 1 FROM workspace").get() !== undefined;
		if (!isAhead || isUsed) return;
		db.prepare("UPDATE clock SET latest = 0, greatest_wall = max(coalesce(greatest_wall, 0), latest)").run();
		db.prepare("UPDATE setup_token SET expires_at = min(expires_at, ?)").run(wall + SETUP_TOKEN_MS);
		db.prepare("DELETE FROM pairing WHERE created_at > ?").run(wall);
	}).immediate();
}
