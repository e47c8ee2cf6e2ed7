import { TOLERANCE_MS } from "../timekeeper.ts";
import type { Session } from "./session.ts";
import { beginning, LOCK_TIMEOUT_MS } from "./transactions.ts";

const SETUP_TOKEN_MS = 24 * 3_600_000;
const IS_UNUSED = `latest > $1 AND NOT EXISTS (SELECT FROM "user") AND NOT EXISTS (SELECT FROM workspace)`;

/**
 * Forgets the stored time if it is ahead of `wall` (milliseconds since 1970) and there is no account yet: nothing depends on
 * it then, and a first start with a wrong clock would otherwise put all later dates in the future.
 */
export async function forgetUnusedTime(session: Session, wall: number): Promise<void> {
	const latest = wall + TOLERANCE_MS;
	const { rows } = await session.run(`SELECT FROM clock WHERE ${IS_UNUSED}`, [latest]);
	if (rows.length === 0) return;
	await session.script(beginning(true, LOCK_TIMEOUT_MS));
	try {
		const { rowCount } = await session.run(
			`UPDATE clock SET latest = 0, greatest_wall = greatest(greatest_wall, latest) WHERE ${IS_UNUSED}`,
			[latest],
		);
		// Another server may have been faster, and have its first account.
		if (rowCount === 1) {
			await session.run("UPDATE setup_token SET expires_at = least(expires_at, $1)", [wall + SETUP_TOKEN_MS]);
			await session.run("DELETE FROM pairing WHERE created_at > $1", [wall]);
		}
		await session.script("COMMIT");
	} catch (error) {
		await session.script("ROLLBACK");
		throw error;
	}
}
