import { type Finding, ok, problem, unseen } from "./finding.ts";
import type { Readiness } from "./readiness.ts";

/** Scheduled backups, as the server tells of them. */
export function lookAtBackups({ backup }: Readiness): Finding {
	if (backup === undefined) {
		return unseen(
			"backups",
			"The server schedules none: set BACKUP_EVERY with SQLite, or make sure that something else backs up the database, as PostgreSQL's own tools do.",
		);
	}
	if (backup.failed === true) return problem("backups", "The last one failed: the server's log says why.");
	if (backup.commandFailed === true) {
		return problem("backups", "The last one was made, but BACKUP_COMMAND failed: the server's log says why.");
	}
	return ok("backups", `The last one is from ${backup.lastAt ?? "a moment ago"}.`);
}
