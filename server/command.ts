import { existsSync } from "node:fs";

import { systemClock } from "./clock.ts";
import { type Config, loadConfig } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { ProblemError } from "./errors/problem-error.ts";
import { StorageError } from "./errors/storage-error.ts";
import { storageProblem } from "./errors/storage-problem.ts";
import { databasePath } from "./storage/sqlite/open-database.ts";
import { openSqlite } from "./storage/sqlite/storage.ts";
import type { Storage } from "./storage/storage.ts";
import { stores } from "./stores.ts";

/** A problem the administrator can fix; the message is one line. */
export class CommandError extends Error {}

interface Server {
	storage: Storage;
	config: Config;
}

/** As `runPlainCommand`, for a command that takes one e-mail address. */
export async function runCommand(
	usage: string,
	command: (email: string, server: Server) => Promise<string>,
): Promise<void> {
	const [email, ...more] = process.argv.slice(2);
	await runPlainCommand(async (server) => command((email ?? "").trim(), server), {
		check: () => {
			if (email === undefined || more.length > 0) throw new CommandError(usage);
		},
	});
}

/**
 * Runs an administrator's command on the server's database. The server may be running or not. A failure is one line on
 * stderr, and exit code 1.
 */
export async function runPlainCommand(
	command: (server: Server) => Promise<string>,
	{ check = () => undefined }: { check?: () => void } = {},
): Promise<void> {
	try {
		check();
		console.log(await onDatabase(command));
	} catch (error) {
		const explanation = explain(error);
		if (explanation === undefined) throw error;
		console.error(explanation);
		process.exitCode = 1;
	}
}

async function onDatabase<T>(work: (server: Server) => Promise<T>): Promise<T> {
	const config = loadConfig(process.env);
	const path = databasePath(config.dataDir);
	if (!existsSync(path)) {
		throw new CommandError(
			`There is no database at ${path}. Run this where the server runs, with the same DATA_DIR, after its first start.`,
		);
	}
	const storage = openSqlite({ path, clock: systemClock, stores });
	try {
		return await work({ storage, config });
	} finally {
		await storage.close();
	}
}

/** "28 Nov 2026, 23:45", in the machine's time zone. */
export function shownTime(milliseconds: number): string {
	return new Date(milliseconds).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

/** One line about a problem the administrator can fix; undefined for a bug. */
function explain(error: unknown): string | undefined {
	if (error instanceof CommandError || error instanceof ConfigError) return error.message;
	if (error instanceof ProblemError) return error.errors?.[0]?.message ?? error.message;
	if (!(error instanceof StorageError)) return undefined;
	return error.code === "unusable" ? error.message : storageProblem(error)?.message;
}
