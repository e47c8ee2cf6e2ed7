import { StorageError } from "../../errors/storage-error.ts";
import type { Freshness } from "../storage.ts";
import { asStorageError } from "./errors.ts";
import type { SqliteDatabase } from "./open-database.ts";

type Checked = (failure?: Error) => void;

/**
 * Tells whether another connection has committed, and whether that may have changed cached keys.
 *
 * `connection` must be read-only and have nothing open before a check: an iterator or transaction would pin its snapshot,
 * and a connection's own commits do not change its `data_version`
 * (https://www.sqlite.org/pragma.html#pragma_data_version).
 */
export function createFreshness(connection: SqliteDatabase): Freshness {
	const beginRead = connection.prepare("BEGIN");
	const commit = connection.prepare("COMMIT");
	const dataVersion = connection.prepare<[], number>("PRAGMA data_version").pluck();
	const readEpoch = connection.prepare<[], Buffer>("SELECT value FROM authentication_epoch").pluck();
	let version: number | undefined;
	let epoch = "";
	/** The callers that the next check serves. Detached before it begins. */
	let next: Checked[] = [];
	/** What those who want a promise share. */
	let promised: Promise<void> | undefined;

	function afterCheck(done: Checked): void {
		// After the poll phase has delivered all pending requests.
		if (next.push(done) === 1) setImmediate(runCheck);
	}

	function runCheck(): void {
		const callers = next;
		next = [];
		promised = undefined;
		let failure: Error | undefined;
		try {
			beginRead.run();
			refresh();
		} catch (error) {
			failure = asUnavailable(error);
		}
		try {
			// What they look up at once is in the same transaction, whose locks would take longer than a look-up.
			for (const done of callers) done(failure);
		} finally {
			if (connection.inTransaction) commit.run();
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
		afterCheck,
		check: () =>
			(promised ??= new Promise((resolve, reject) => {
				afterCheck((failure) => (failure === undefined ? resolve() : reject(failure)));
			})),
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
