import { StorageError } from "../../errors/storage-error.ts";
import type { Freshness } from "../storage.ts";
import { coalesce } from "./coalesce.ts";
import type { Connection } from "./connection.ts";
import { asStorageError } from "./errors.ts";
import { requireKnownVersion } from "./schema-version.ts";
import type { Tally } from "./tally.ts";

/** Longer, and requests get 503. */
const TIMEOUT_MS = 2_000;

interface Row {
	value: Uint8Array;
	version: number;
	isStandby: boolean;
}

/** Asks the primary for the epoch. `connection` is for nothing else. */
export function createFreshness(connection: Connection, tally: Tally): Freshness {
	let epoch = "";
	let generation = 0;

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

	async function askAndCount(): Promise<void> {
		const began = performance.now();
		try {
			await ask();
		} catch (error) {
			tally.failedChecks += 1;
			throw asFailure(error);
		}
		tally.checks += 1;
		tally.checkedAt = performance.now();
		tally.checkMs += tally.checkedAt - began;
	}

	const check = coalesce({
		run: askAndCount,
		what: "the freshness check",
		timeoutMs: TIMEOUT_MS,
	});

	return {
		check: () => check(undefined),
		afterCheck: (done) => void check(undefined).then(() => done(), done),
		get epoch() {
			return epoch;
		},
		get generation() {
			return generation;
		},
	};
}

/** A failed check must not let a request through, whatever the reason. */
function asFailure(error: unknown): StorageError {
	const known = asStorageError(error);
	if (known instanceof StorageError && ["unavailable", "unusable"].includes(known.code)) return known;
	return new StorageError("unavailable", "The freshness check failed.", { cause: error });
}
