import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll } from "vitest";

import { isOnPostgres, newDatabase } from "../postgres/test-database.ts";
import { postgresSettings } from "./process-settings.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

/**
 * Two servers that start at once on one new data folder, or on one empty database of PostgreSQL, for all tests of the file
 * or group that calls this.
 */
export function twoProcesses(): { one: ServerProcess; other: ServerProcess; dataDir: string } {
	const pair = {} as { one: ServerProcess; other: ServerProcess; dataDir: string };
	let database: Awaited<ReturnType<typeof newDatabase>> | undefined;
	beforeAll(async () => {
		const folder = await mkdtemp(join(tmpdir(), "auxvyn-test-"));
		pair.dataDir = folder;
		database = isOnPostgres() ? await newDatabase({ isEmpty: true }) : undefined;
		const start = async () => {
			const place = database === undefined ? { DATA_DIR: folder } : await postgresSettings(database.url, folder);
			return startServer({ ...place, RATE_LIMIT_SCALE: "0", LOG_LEVEL: "error" });
		};
		[pair.one, pair.other] = await Promise.all([start(), start()]);
	});
	afterAll(async () => {
		await Promise.all([pair.one.stop(), pair.other.stop()]);
		await database?.drop();
		await rm(pair.dataDir, { recursive: true });
	});
	return pair;
}
