import { StorageError } from "../../errors/storage-error.ts";
import type { Freshness } from "../storage.ts";
import { asStorageError } from "./errors.ts";
import type { SqliteDatabase } from "./open-database.ts";

/**
 * Whether any other connection has committed, and whether that can have changed what is known of keys.
 *
 * `connection` must be read-only and have nothing open between two statements: an iterator or transaction would pin what
 * it sees, and a connection's own commits do not move its `data_version`
 * (https://www.sqlite.org/pragma.html#pragma_data_version).
 */
export function createFreshness(connection: SqliteDatabase): Freshness {
	const look = connection.prepare<[], number>("PRAGMA data_version").pluck();
	const readEpoch = connection.prepare<[], Buffer>("SELECT value FROM authentication_epoch").pluck();
	let version: number | undefined;
	let epoch = "";
	/** The callers that the next look serves; closed before it begins. */
	let next: PromiseWithResolvers<void> | undefined;

	function serve(): void {
		const these = next;
		next = undefined;
		try {
			refresh();
			these?.resolve();
		} catch (error) {
			these?.reject(asUnavailable(error));
		}
	}

	function refresh(): void {
		const current = look.get();
		if (current === version) return;
		epoch = readEpoch.get()?.toString("hex") ?? "";
		version = current;
	}

	refresh();
	return {
		check() {
			if (next === undefined) {
				next = Promise.withResolvers();
				// Once the poll phase has handed over all the requests it had.
				setImmediate(serve);
			}
			return next.promise;
		},
		get epoch() {
			return epoch;
		},
	};
}

/** A look that fails must not let a request through, whatever the reason. */
function asUnavailable(error: unknown): StorageError {
	const known = asStorageError(error);
	if (known instanceof StorageError) return known;
	return new StorageError("unavailable", "The freshness check failed.", { cause: error });
}
