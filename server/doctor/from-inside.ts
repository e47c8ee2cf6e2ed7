import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { availableParallelism } from "node:os";

import type { Config } from "../config.ts";
import { inspectDatabase } from "../storage/sqlite/inspect-database.ts";
import { unsharedFileSystem } from "../storage/sqlite/local-disk.ts";
import { databasePath } from "../storage/sqlite/open-database.ts";
import { ask, NoReply } from "./ask.ts";
import { type Finding, ok, problem, unseen } from "./finding.ts";
import { lookAtPostgres } from "./postgres.ts";

const GIGABYTE = 1e9;
const ANY_ADDRESS = ["0.0.0.0", "::", "[::]"];

/** What can be seen on the server's own computer, with its settings. */
export async function lookFromInside(config: Config): Promise<Finding[]> {
	const { databaseUrl } = config;
	const data = databaseUrl === undefined ? lookAtFiles(config) : await lookAtPostgres(databaseUrl, config);
	return [await lookAtListener(config), ...lookAtWorkers(config), ...data];
}

/** More processes than CPUs take memory, and make nothing faster. */
function lookAtWorkers({ workers }: Config): Finding[] {
	const cpus = availableParallelism();
	if (workers === 1 || workers <= cpus) return [];
	return [
		problem("settings", `WEB_CONCURRENCY is ${workers}, more than this machine's CPUs: set it to ${cpus} or fewer.`),
	];
}

/** Whether the server itself answers, without a proxy. */
async function lookAtListener({ host, port }: Config): Promise<Finding> {
	const name = ANY_ADDRESS.includes(host)
		? "127.0.0.1"
		: host.includes(":") && !host.startsWith("[")
			? `[${host}]`
			: host;
	const where = `${name}:${port}`;
	try {
		const { json, status } = await ask(`http://${where}/healthz`);
		return json?.["status"] === "ok"
			? ok("settings", `They are valid, and the server listens on ${where}.`)
			: problem("settings", `Another program answers on ${where} (HTTP ${status}): stop it, or set another PORT.`);
	} catch (error) {
		if (!(error instanceof NoReply)) throw error;
		return error.code === "ECONNREFUSED"
			? problem("settings", `They are valid, but nothing listens on ${where}: start the server, or look in its log.`)
			: problem("settings", `They are valid, but ${where} does not answer (${error.code}): look in the server's log.`);
	}
}

function lookAtFiles({ dataDir, diskFloorBytes }: Config): Finding[] {
	if (!existsSync(dataDir)) {
		const text = `There is no ${dataDir} yet, or this user cannot see it: the server creates it when it starts.`;
		return [unseen("disk", text), unseen("database", text)];
	}
	return [lookAtDisk(dataDir, diskFloorBytes), lookAtDatabase(dataDir)];
}

function lookAtDisk(dataDir: string, floorBytes: number): Finding {
	const kind = unsharedFileSystem(dataDir);
	if (kind !== undefined) {
		return problem(
			"disk",
			`${dataDir} is on ${kind}, which cannot hold a database: set DATA_DIR to a folder on a local disk.`,
		);
	}
	const { bavail, bsize } = statfsSync(dataDir);
	const free = `${((bavail * bsize) / GIGABYTE).toFixed(1)} GB`;
	return bavail * bsize < floorBytes
		? problem(
				"disk",
				`Only ${free} are free for ${dataDir}, less than DISK_FLOOR_MB, so nothing new is stored: free some space.`,
			)
		: ok("disk", `${free} are free for ${dataDir}.`);
}

function lookAtDatabase(dataDir: string): Finding {
	const path = databasePath(dataDir);
	try {
		accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
		if (!existsSync(path)) return unseen("database", `There is no ${path} yet: the server creates it when it starts.`);
		accessSync(path, constants.R_OK | constants.W_OK);
	} catch {
		return unseen("database", `This user cannot read and write ${dataDir}: run this as the user that runs the server.`);
	}
	const fault = inspectDatabase(path);
	return fault === undefined ? ok("database", `${path} is sound.`) : problem("database", `${path} ${fault}.`);
}
