import { StorageError } from "../../errors/storage-error.ts";
import type { Freshness } from "../storage.ts";
import type { Connection } from "./connection.ts";
import { asStorageError } from "./errors.ts";
import { requireKnownVersion } from "./schema-version.ts";

/** Longer, waiting for its turn included, and requests get 503. */
const TIMEOUT_MS = 2_000;

interface Row {
	value: Uint8Array;
	version: number;
	isStandby: boolean;
}

/** Calls that one statement serves. */
interface Batch extends PromiseWithResolvers<void> {
	endsAt: number;
	timer: NodeJS.Timeout;
}

/**
 * Asks the primary for the epoch, with one statement in flight and one waiting: a call is served by the first that is
 * sent after it. `connection` is for nothing else.
 */
export function createFreshness(connection: Connection): Freshness {
	let epoch = "";
	let generation = 0;
	let isAsking = false;
	/** For the callers since the last statement was sent. */
	let next: Batch | undefined;

	async function ask(): Promise<void> {
		const sentOn = connection.generation;
		const session = connection.session();
		const { rows } = await session.run<Row>(
			`SELECT value, version, pg_is_in_recovery() AS "isStandby" FROM authentication_epoch, schema_version`,
		);
		const [row] = rows;
		if (row === undefined || row.isStandby) {
			session.drop();
			throw new StorageError("unavailable", "PostgreSQL answers as a standby, which may be behind the primary.");
		}
		requireKnownVersion(row.version);
		epoch = Buffer.from(row.value).toString("hex");
		generation = sentOn;
	}

	async function send(): Promise<void> {
		if (isAsking) return;
		for (let batch = next; batch !== undefined; batch = next) {
			next = undefined;
			isAsking = true;
			try {
				await ask();
				// This process may have been stopped meanwhile, and its timers with it.
				if (performance.now() > batch.endsAt) batch.reject(late());
				else batch.resolve();
			} catch (error) {
				batch.reject(asFailure(error));
			}
			clearTimeout(batch.timer);
			isAsking = false;
		}
	}

	function createBatch(): Batch {
		const promised: PromiseWithResolvers<void> = Promise.withResolvers();
		const batch: Batch = {
			...promised,
			endsAt: performance.now() + TIMEOUT_MS,
			timer: setTimeout(() => {
				if (next === batch) next = undefined;
				batch.reject(late());
			}, TIMEOUT_MS),
		};
		return batch;
	}

	return {
		check() {
			if (next === undefined) {
				next = createBatch();
				// After the poll phase has delivered all pending requests.
				if (!isAsking) setImmediate(() => void send());
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

function late(): StorageError {
	return new StorageError("unavailable", `PostgreSQL did not answer the freshness check within ${TIMEOUT_MS} ms.`);
}

/** A failed check must not let a request through, whatever the reason. */
function asFailure(error: unknown): StorageError {
	const known = asStorageError(error);
	if (known instanceof StorageError && ["unavailable", "unusable"].includes(known.code)) return known;
	return new StorageError("unavailable", "The freshness check failed.", { cause: error });
}
