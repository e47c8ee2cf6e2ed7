import { StorageError } from "../../errors/storage-error.ts";
import type { Freshness } from "../storage.ts";
import type { Connection } from "./connection.ts";
import { asStorageError } from "./errors.ts";
import { within } from "./within.ts";

/** Longer, and requests get 503. */
const TIMEOUT_MS = 2_000;

interface Row {
	value: Uint8Array;
	isStandby: boolean;
}

/**
 * Asks the primary for the epoch, with one statement in flight and one waiting: a call is served by the first that is
 * sent after it. `connection` is for nothing else.
 */
export function createFreshness(connection: Connection): Freshness {
	let epoch = "";
	let generation = 0;
	let inFlight: Promise<void> | undefined;
	/** For the callers since the last statement was sent. */
	let next: PromiseWithResolvers<void> | undefined;

	async function ask(): Promise<void> {
		const sentOn = connection.generation;
		const { rows } = await connection
			.session()
			.run<Row>(`SELECT value, pg_is_in_recovery() AS "isStandby" FROM authentication_epoch`);
		const [row] = rows;
		if (row === undefined || row.isStandby) {
			// A proxy may have led the connection there, and would lead the next one to the primary.
			connection.drop();
			throw new StorageError("unavailable", "PostgreSQL answers as a standby, which may be behind the primary.");
		}
		epoch = Buffer.from(row.value).toString("hex");
		generation = sentOn;
	}

	function send(): void {
		const callers = next;
		next = undefined;
		if (callers === undefined) return;
		inFlight = within(TIMEOUT_MS, ask())
			.catch((error: unknown) => {
				if (error instanceof StorageError && error.code === "busy") connection.drop();
				throw asUnavailable(error);
			})
			.then(callers.resolve, callers.reject)
			.then(() => {
				inFlight = undefined;
				send();
			});
	}

	return {
		check() {
			if (next === undefined) {
				next = Promise.withResolvers();
				// After the poll phase has delivered all pending requests.
				if (inFlight === undefined) setImmediate(send);
			}
			return next.promise;
		},
		get epoch() {
			return epoch;
		},
		get generation() {
			return generation;
		},
	};
}

/** A failed check must not let a request through, whatever the reason. */
function asUnavailable(error: unknown): StorageError {
	const known = asStorageError(error);
	if (known instanceof StorageError && known.code === "unavailable") return known;
	return new StorageError("unavailable", "The freshness check failed.", { cause: error });
}
