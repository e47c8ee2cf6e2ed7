import { ProblemError, tooManyRequests } from "./problem-error.ts";
import type { StorageError } from "./storage-error.ts";

const BUSY_SECONDS = 1;
const UNAVAILABLE_SECONDS = 30;

/** The problem for a storage failure; undefined for a constraint violation that no store handled: a bug. */
export function storageProblem(error: StorageError): ProblemError | undefined {
	switch (error.code) {
		case "busy":
			return later(
				"storage_busy",
				"The database is busy. Nothing was changed; try again in a moment.",
				BUSY_SECONDS,
				error,
			);
		case "unusable":
			return later(
				"server_outdated",
				"A newer version of this server has changed the database, so this one must be updated, too. Nothing was changed; try again later.",
				UNAVAILABLE_SECONDS,
				error,
			);
		case "unavailable":
			return later(
				"storage_unavailable",
				"The server cannot use its database. Nothing was changed; try again later.",
				UNAVAILABLE_SECONDS,
				error,
			);
		case "disk_low":
			return later(
				"disk_low",
				"The server's disk is almost full, so nothing new can be stored. Nothing was changed. Games, revoking and signing in go on; ask the server's administrator to free some space, then try again.",
				UNAVAILABLE_SECONDS,
			);
		case "outcome_unknown":
			return later(
				"outcome_unknown",
				"The server cannot tell whether this succeeded. Check before you try again.",
				BUSY_SECONDS,
				error,
			);
		case "too_many_waiting":
			return tooManyRequests(BUSY_SECONDS, "Too many searches at once. Try again in a moment.");
		case "impossible_text":
			return new ProblemError(400, "invalid_request", "The request contains the character U+0000. Remove it.");
		case "abandoned":
			// For the log only. 499 is nginx's code for this case.
			return new ProblemError(499, "client_gone", "The client disconnected before its turn.");
		case "unique":
		case "foreign_key":
		case "check":
			return undefined;
	}
}

function later(code: string, detail: string, seconds: number, cause?: unknown): ProblemError {
	return new ProblemError(503, code, detail, { headers: { "Retry-After": String(seconds) }, cause });
}
