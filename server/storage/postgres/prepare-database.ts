import { setTimeout as sleep } from "node:timers/promises";

import { StorageError } from "../../errors/storage-error.ts";
import { checkServer } from "./check-server.ts";
import { openOnce } from "./connection.ts";
import { migrate } from "./migrate.ts";
import { migrations as all } from "./migrations/index.ts";

/** How long a start waits for a database that is not there yet: Compose starts both at once. */
const WAIT_MS = 30_000;
const RETRY_MS = 500;
/** SQLSTATEs by what is wrong with DATABASE_URL, which waiting does not change. */
const FAULTS: Readonly<Record<string, string>> = {
	"28P01": "the password is wrong",
	"28000": "PostgreSQL refuses the user, or wants TLS: add ?sslmode=verify-full, or see pg_hba.conf",
	"3D000": "there is no such database: create it",
	"42501": "the user has too few rights there",
};

/**
 * Waits for the database, checks whether it can be used, and migrates it.
 * @throws StorageError `unusable`
 */
export async function prepareDatabase(
	url: string,
	say: (line: string) => void = () => undefined,
	migrations = all,
): Promise<void> {
	const { session, close } = await connect(url, say);
	try {
		await checkServer(session);
		await migrate(session, migrations);
	} catch (error) {
		throw explained(error) ?? error;
	} finally {
		await close();
	}
}

async function connect(url: string, say: (line: string) => void) {
	const end = performance.now() + WAIT_MS;
	let hasSaid = false;
	for (;;) {
		try {
			return await openOnce({ url, name: "start" });
		} catch (error) {
			const known = explained(error);
			if (known !== undefined) throw known;
			if (performance.now() > end) throw unusable(`it does not answer (${reasonOf(error)})`);
			if (!hasSaid) say(`Waiting up to ${WAIT_MS / 1000} s for PostgreSQL (${reasonOf(error)}) …`);
			hasSaid = true;
			await sleep(RETRY_MS);
		}
	}
}

function explained(error: unknown): StorageError | undefined {
	const fault = FAULTS[(error as { code?: string }).code ?? ""];
	if (fault !== undefined) return unusable(fault);
	const message = error instanceof Error ? error.message : "";
	if (message.includes("does not support SSL")) return unusable("it has no TLS: leave out sslmode, or set up TLS");
	if (/certificate/i.test(message)) return unusable(`its certificate is not trusted: ${message}`);
	return undefined;
}

/** Without what may have parts of DATABASE_URL in it. */
function reasonOf(error: unknown): string {
	const { code } = error as { code?: string };
	return code ?? "no answer";
}

function unusable(fault: string): StorageError {
	return new StorageError("unusable", `Cannot use the database of DATABASE_URL: ${fault}.`);
}
