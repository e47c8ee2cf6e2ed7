import { toFailure } from "../failure.ts";
import type { AnyStoreFunction } from "../store-list.ts";
import { createConnection } from "./connection.ts";
import { databaseOn } from "./database.ts";
import { asStorageError } from "./errors.ts";
import type { DatabaseOptions, Job, Outcome } from "./messages.ts";
import { openSameDatabase } from "./open-database.ts";

/** Reads never wait for a writer in WAL mode; this is for moments when the log is being reset. */
const BUSY_TIMEOUT_MS = 1_000;

export interface ReaderOptions extends DatabaseOptions {
	storeOf: (name: string) => AnyStoreFunction;
	reply: (id: number, outcome: Outcome) => void;
}

const encoder = new TextEncoder();

/** Runs scans in order of arrival, each on one snapshot. */
export function createReader({ storeOf, reply, ...file }: ReaderOptions) {
	const db = openSameDatabase(file, BUSY_TIMEOUT_MS, true);
	const databaseAt = databaseOn(createConnection(db));
	const begin = db.prepare("BEGIN");
	const commit = db.prepare("COMMIT");
	let before: Promise<void> = Promise.resolve();

	async function scan({ id, store, args, now, asJson }: Job): Promise<void> {
		try {
			begin.run();
			const result = await storeOf(store)(databaseAt(now), args as never);
			reply(id, asJson === true ? { json: encoder.encode(JSON.stringify(result)), now } : { result, now });
		} catch (error) {
			reply(id, { failure: toFailure(asStorageError(error)) });
		} finally {
			if (db.inTransaction) commit.run();
		}
	}

	return {
		push(job: Job): void {
			before = before.then(() => scan(job));
		},
		async close(): Promise<void> {
			await before;
			db.close();
		},
	};
}
