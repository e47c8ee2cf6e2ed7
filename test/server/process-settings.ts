import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";

import { onTestFinished } from "vitest";

import { createTestDatabase, isOnPostgres } from "../postgres/test-database.ts";

const SECRET = "signs-the-sessions-of-all-tests-0123456789";
/** On PostgreSQL: the URLs of databases, by the folder that stands for them in a test. */
const databases = new Map<string, Promise<string>>();

/**
 * The settings of a server process whose database belongs to this folder: it is in it, or on PostgreSQL, where each server
 * has a folder of its own.
 */
export async function settingsFor(folder: string): Promise<Record<string, string>> {
	if (!isOnPostgres()) return { DATA_DIR: folder };
	return postgresSettings(await databaseOf(folder), folder);
}

/** The settings of one more server on this database, with a new folder within this one. */
export async function postgresSettings(databaseUrl: string, folder: string): Promise<Record<string, string>> {
	return { DATABASE_URL: databaseUrl, AUXVYN_SECRET: SECRET, DATA_DIR: await mkdtemp(join(folder, "server-")) };
}

/** On PostgreSQL: the URL of the database that belongs to the folder, empty at first, and dropped when the test ends. */
export function databaseOf(folder: string): Promise<string> {
	const known = databases.get(folder);
	if (known !== undefined) return known;
	const created = createTestDatabase();
	databases.set(folder, created);
	onTestFinished(() => void databases.delete(folder));
	return created;
}
