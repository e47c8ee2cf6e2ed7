import { setTimeout as sleep } from "node:timers/promises";

import { StorageError } from "../../errors/storage-error.ts";
import { asStorageError } from "./errors.ts";

const WAIT_MS = 10_000;
const RETRY_MS = 100;

/**
 * Repeats what a start needs: a busy PostgreSQL may take longer than games wait.
 * @throws StorageError `unusable` after `waitMs`
 */
export async function patiently<T>(work: () => Promise<T>, waitMs = WAIT_MS): Promise<T> {
	const end = performance.now() + waitMs;
	for (;;) {
		try {
			return await work();
		} catch (reason) {
			const error = asStorageError(reason);
			if (!(error instanceof StorageError) || error.code === "unusable") throw error;
			if (performance.now() > end)
				throw new StorageError("unusable", `Cannot use the database of DATABASE_URL: ${error.message}`, {
					cause: error,
				});
			await sleep(RETRY_MS);
		}
	}
}
