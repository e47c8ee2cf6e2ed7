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
	startBefore(2, {}, ([one, other], dataDir) => Object.assign(pair, { one, other, dataDir }));
	return pair;
}

/** One of them alone, with these settings. */
export function oneProcess(env: Record<string, string> = {}): { server: ServerProcess } {
	const only = {} as { server: ServerProcess };
	startBefore(1, env, ([server]) => Object.assign(only, { server }));
	return only;
}

function startBefore(
	count: number,
	env: Record<string, string>,
	give: (servers: ServerProcess[], folder: string) => void,
): void {
	let folder: string;
	let servers: ServerProcess[] = [];
	let database: Awaited<ReturnType<typeof newDatabase>> | undefined;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "auxvyn-test-"));
		database = isOnPostgres() ? await newDatabase({ isEmpty: true }) : undefined;
		const start = async () => {
			const place = database === undefined ? { DATA_DIR: folder } : await postgresSettings(database.url, folder);
			return startServer({ ...place, RATE_LIMIT_SCALE: "0", LOG_LEVEL: "error", ...env });
		};
		servers = await Promise.all(Array.from({ length: count }, start));
		give(servers, folder);
	});
	afterAll(async () => {
		await Promise.all(servers.map((server) => server.stop()));
		await database?.drop();
		await rm(folder, { recursive: true });
	});
}
