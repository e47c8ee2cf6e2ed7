import { StorageError } from "../../errors/storage-error.ts";
import type { Freshness } from "../storage.ts";
import { asStorageError } from "./errors.ts";
import type { SqliteDatabase } from "./open-database.ts";

/**
 * Tells whether another connection has committed, and whether that may have changed cached keys.
 *
 * `connection` must be read-only and have nothing open between two statements: an iterator or transaction would pin its
 * snapshot, and a connection's own commits do not change its `data_version`
 * (https://www.sqlite.org/pragma.html#pragma_data_version).
 */
export function createFreshness(connection: SqliteDatabase): Freshness {
	const dataVersion = connection.prepare<[], number>("PRAGMA data_version").pluck();
	const readEpoch = connection.prepare<[], Buffer>("SELECT value FROM authentication_epoch").pluck();
	let version: number | undefined;
	let epoch = "";
	/** The callers that the next check serves. Detached before it begins. */
	let next: PromiseWithResolvers<void> | undefined;

	function runCheck(): void {
		const callers = next;
		next = undefined;
		try {
			refresh();
			callers?.resolve();
		} catch (error) {
			callers?.reject(asUnavailable(error));
		}
	}

	function refresh(): void {
		const current = dataVersion.get();
		if (current === version) return;
		epoch = readEpoch.get()?.toString("hex") ?? "";
		version = current;
	}

	refresh();
	return {
		check() {
			if (next === undefined) {
				next = Promise.withResolvers();
				// After the poll phase has delivered all pending requests.
				setImmediate(runCheck);
			}
			return next.promise;
		},
		get epoch() {
			return epoch;
		},
		generation: 0,
	};
}

/** A failed check must not let a request through, whatever the reason. */
function asUnavailable(error: unknown): StorageError {
	const known = asStorageError(error);
	if (known instanceof StorageError) return known;
	return new StorageError("unavailable", "The freshness check failed.", { cause: error });
}
