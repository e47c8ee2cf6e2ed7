import { accessSync, constants } from "node:fs";
import { resolve as resolvePath } from "node:path";

import { systemClock } from "./clock.ts";
import { type Config, loadConfig } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { ProblemError } from "./errors/problem-error.ts";
import { StorageError } from "./errors/storage-error.ts";
import { storageProblem } from "./errors/storage-problem.ts";
import { openStorage } from "./open-storage.ts";
import { databasePath } from "./storage/sqlite/open-database.ts";
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
	await report(async () => {
		check();
		return onDatabase(command);
	});
}

/** For a command that works on files: `resolve` makes a path absolute as the person meant it. */
export interface Files {
	/** The database's file, which need not exist. */
	database: string;
	config: Config;
	resolve: (path: string) => string;
}

const ON_POSTGRES =
	"DATABASE_URL is set, and this command is for SQLite: PostgreSQL has its own tools, see docs/postgres.md.";

/**
 * As `runPlainCommand`, for a command that does not open the database by itself. `onPostgres`: says that it does not run
 * where `DATABASE_URL` is set; null: it does.
 */
export async function runFileCommand(
	command: (files: Files) => Promise<string>,
	{ needsDatabase = true, onPostgres = ON_POSTGRES }: { needsDatabase?: boolean; onPostgres?: string | null } = {},
): Promise<void> {
	await report(async () => {
		const config = loadConfig(process.env);
		if (config.databaseUrl !== undefined && onPostgres !== null) throw new CommandError(onPostgres);
		if (needsDatabase) requireDatabase(databasePath(config.dataDir));
		// npm changes to the folder of package.json.
		const folder = process.env["INIT_CWD"] ?? process.cwd();
		const resolve = (path: string) => resolvePath(folder, path);
		return command({ database: resolvePath(databasePath(config.dataDir)), config, resolve });
	});
}

async function report(work: () => Promise<string>): Promise<void> {
	try {
		console.log(await work());
	} catch (error) {
		const explanation = explain(error);
		if (explanation === undefined) throw error;
		console.error(explanation);
		process.exitCode = 1;
	}
}

async function onDatabase<T>(work: (server: Server) => Promise<T>): Promise<T> {
	const config = loadConfig(process.env);
	if (config.databaseUrl === undefined) requireDatabase(databasePath(config.dataDir));
	const storage = await openStorage(config, { clock: systemClock, stores });
	try {
		return await work({ storage, config });
	} finally {
		await storage.close();
	}
}

function requireDatabase(path: string): void {
	try {
		accessSync(path, constants.R_OK | constants.W_OK);
		return;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "EACCES") {
			throw new CommandError(`This user may not use ${path}: run the command as the server's user.`);
		}
	}
	throw new CommandError(
		`There is no database at ${path}. Run this where the server runs, with the same DATA_DIR, after its first start.`,
	);
}

/** "3.4 MB" */
export function inMegabytes(bytes: number): string {
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** "28 Nov 2026, 23:45", in the machine's time zone. */
export function shownTime(milliseconds: number): string {
	return new Date(milliseconds).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

/** One line about a problem the administrator can fix; undefined for a bug. */
function explain(error: unknown): string | undefined {
	if (error instanceof CommandError || error instanceof ConfigError) return error.message;
	if (error instanceof ProblemError) return error.errors?.[0]?.message ?? error.message;
	if (!(error instanceof StorageError)) return explainFile(error as NodeJS.ErrnoException);
	return error.code === "unusable" ? error.message : storageProblem(error)?.message;
}

/** A full disk, for example. */
function explainFile({ code = "", message }: NodeJS.ErrnoException): string | undefined {
	if (/^(ENOSPC|EDQUOT|SQLITE_FULL)/.test(code))
		return `The disk is full: free some space, then try again (${message}).`;
	if (!/^(EACCES|EPERM|EROFS|EISDIR|SQLITE_(READONLY|CANTOPEN|IOERR))/.test(code)) return undefined;
	return `A file cannot be read or written: run this as the server's user, and check permissions (${message}).`;
}
