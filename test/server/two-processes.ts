import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll } from "vitest";

import { type ServerProcess, startServer } from "./server-process.ts";

/** Two servers that start at once on one new data folder, for all tests of the file or group that calls this. */
export function twoProcesses(): { one: ServerProcess; other: ServerProcess; dataDir: string } {
	const pair = {} as { one: ServerProcess; other: ServerProcess; dataDir: string };
	beforeAll(async () => {
		pair.dataDir = await mkdtemp(join(tmpdir(), "auxvyn-test-"));
		const env = { DATA_DIR: pair.dataDir, RATE_LIMIT_SCALE: "0", LOG_LEVEL: "error" };
		[pair.one, pair.other] = await Promise.all([startServer(env), startServer(env)]);
	});
	afterAll(async () => {
		await Promise.all([pair.one.stop(), pair.other.stop()]);
		await rm(pair.dataDir, { recursive: true });
	});
	return pair;
}
