import { rm } from "node:fs/promises";

import Fastify, { type FastifyInstance } from "fastify";
import { onTestFinished } from "vitest";

import { loadConfig } from "../../../server/config.ts";
import { fastifyOptions } from "../../../server/http/fastify-options.ts";
import { http } from "../../../server/http/index.ts";
import { noPeers } from "../../../server/http/peers.ts";
import { databasePath } from "../../../server/storage/sqlite/open-database.ts";
import { openSqlite } from "../../../server/storage/sqlite/storage.ts";
import { stores } from "../../../server/stores.ts";
import { dataFolder } from "../data-folder.ts";
import { type TestClock, testClock } from "../helper.ts";
import { placeDatabase } from "../template-database.ts";

export const KEY = `auxvyn_${"0123456789abcdef".repeat(4).slice(0, 60)}`;
export const ORIGIN = "http://localhost:8787";

export interface Infrastructure {
	app: FastifyInstance;
	clock: TestClock;
	logs: string[];
}

/** Only what every route is built on, with the routes of a test. */
export async function infrastructure(
	declare: (app: FastifyInstance) => void | Promise<void> = () => {},
	env: Record<string, string> = {},
): Promise<Infrastructure> {
	const dataDir = await dataFolder();
	await placeDatabase(dataDir);
	const clock = testClock();
	const logs: string[] = [];
	const config = loadConfig({ DATA_DIR: dataDir, ...env });
	const storage = openSqlite({ path: databasePath(dataDir), clock, stores });
	const app = Fastify(fastifyOptions(config, { stream: { write: (line) => void logs.push(line) } }));
	app.addHook("onClose", () => storage.close());
	await http(app, {
		config,
		clock,
		storage,
		backups: () => undefined,
		peers: noPeers,
		disk: { isLow: () => false, freeBytes: () => 1 },
	});
	await declare(app);
	onTestFinished(async () => {
		await app.close();
		await rm(dataDir, { recursive: true, force: true });
	});
	return { app, clock, logs };
}

/** Listens on a free port of this machine. */
export async function listen(app: FastifyInstance): Promise<number> {
	await app.listen({ port: 0, host: "127.0.0.1" });
	const address = app.server.address();
	if (address === null || typeof address === "string") throw new Error("The server has no port.");
	return address.port;
}
