import { setTimeout as sleep } from "node:timers/promises";

import pg from "pg";

import { StorageError } from "../../errors/storage-error.ts";
import { checkRights } from "./check-rights.ts";
import { checkTriggers } from "./check-triggers.ts";
import { onCheckedSession } from "./checked-session.ts";
import { asStorageError } from "./errors.ts";
import { migrate } from "./migrate.ts";
import { migrations as all } from "./migrations/index.ts";
import { faultIn, reasonOf } from "./start-faults.ts";
import { UnusableDatabase } from "./unusable.ts";

/** How long a start waits for a database that is not there yet: Compose starts both at once. */
const WAIT_MS = 30_000;
const RETRY_MS = 500;
/**
 * Whatever the user's own are: a migration takes as long as it takes, and one whose server hangs in between holds the
 * others up no longer than this.
 */
const SETTINGS = {
	statement_timeout: "0",
	lock_timeout: "0",
	idle_in_transaction_session_timeout: "10000",
	idle_session_timeout: "10000",
};

export interface PrepareOptions {
	say?: ((line: string) => void) | undefined;
	migrations?: readonly string[];
	waitMs?: number | undefined;
}

/**
 * Waits for the database, checks whether it can be used, and migrates it.
 * @throws StorageError `unusable`
 */
export async function prepareDatabase(url: string, options: PrepareOptions = {}): Promise<void> {
	const { say = () => undefined, migrations = all, waitMs = WAIT_MS } = options;
	const end = performance.now() + waitMs;
	let hasSaid = false;
	for (;;) {
		try {
			await prepare(url, migrations, say);
			return;
		} catch (error) {
			const fault = faultIn(error, url);
			if (fault !== undefined) throw new UnusableDatabase(fault);
			const mayPass = !(error instanceof StorageError ? error.code === "unusable" : error instanceof pg.DatabaseError);
			if (!mayPass) throw error;
			if (performance.now() > end) throw new UnusableDatabase(`it does not answer (${reasonOf(error)})`);
			if (!hasSaid) say(`Waiting up to ${Math.ceil(waitMs / 1000)} s for PostgreSQL (${reasonOf(error)}) …`);
			hasSaid = true;
			await sleep(RETRY_MS);
		}
	}
}

async function prepare(url: string, migrations: readonly string[], say: (line: string) => void): Promise<void> {
	try {
		await onCheckedSession({ url, name: "start", settings: SETTINGS }, async (session) => {
			await migrate(session, migrations, say);
			await checkRights(session);
			await checkTriggers(session, migrations);
		});
	} catch (error) {
		throw asStorageError(error);
	}
}
