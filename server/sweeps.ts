import { sweepSessions } from "./accounts/session-tidying.ts";
import { sweepActivity } from "./activity/sweep.ts";
import { sweepRevokedMakers } from "./keys/revoke-by-maker.ts";
import type { SqliteDatabase } from "./storage/open-database.ts";
import type { Transaction } from "./storage/storage.ts";
import { sweepDeleted } from "./workspaces/sweep.ts";

const LOOK_EVERY_MS = 5_000;
/** Between two steps where there is much to do, for whoever else wants to write. */
const PAUSE_MS = 50;

/** Each does one small step, and returns false where it found nothing to do. */
const SWEEPS: readonly ((transaction: Transaction) => boolean)[] = [
	sweepRevokedMakers,
	sweepDeleted,
	sweepSessions,
	sweepActivity,
];

/**
 * Does all that may take its time, step by step for as long as there is something to do, on a connection of a thread that
 * answers nobody.
 */
export function startSweeps(db: SqliteDatabase): void {
	const latest = db.prepare<[], number>("SELECT latest FROM clock").pluck();
	const attempt = db.transaction((sweep: (transaction: Transaction) => boolean) =>
		sweep({ db, now: Math.max(Date.now(), latest.get() ?? 0) }),
	);

	function turn(): void {
		let more = false;
		try {
			for (const sweep of SWEEPS) more = attempt.immediate(sweep) || more;
		} catch {
			// Locked or full: nothing depends on it, so it can wait.
		}
		setTimeout(turn, more ? PAUSE_MS : LOOK_EVERY_MS);
	}
	turn();
}
