import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { CommandError, runFileCommand } from "./command.ts";
import type { Config } from "./config.ts";
import { databaseUrlFault } from "./database-url.ts";
import { type Moved, moveDatabase } from "./storage/move/move-database.ts";

/** `npm run move-database -- --to postgres://…` */
const USAGE =
	"Give the empty PostgreSQL database to move to: npm run move-database -- --to postgres://user@host:5432/database, or --to-env NAME for a variable that holds it";

await runFileCommand(
	async ({ database, config }) => {
		const began = performance.now();
		const moved = await moveDatabase({ database, url: readTarget() });
		return report(moved, { database, config, seconds: (performance.now() - began) / 1000 }).join("\n");
	},
	{ onPostgres: "DATABASE_URL is set: unset it until the database is moved, and give the new one by --to." },
);

function readTarget(): string {
	const { to, name } = readArguments();
	const url = name === undefined ? to : process.env[name];
	if (name !== undefined && url === undefined) throw new CommandError(`The variable ${name} is not set.`);
	if (url === undefined) throw new CommandError(USAGE);
	const fault = databaseUrlFault(url);
	if (fault !== undefined) throw new CommandError(`The database to move to ${fault}.`);
	return url;
}

function readArguments(): { to: string | undefined; name: string | undefined } {
	try {
		const { values } = parseArgs({ options: { to: { type: "string" }, "to-env": { type: "string" } } });
		if (values.to !== undefined && values["to-env"] !== undefined) throw new CommandError(USAGE);
		return { to: values.to, name: values["to-env"] };
	} catch {
		throw new CommandError(USAGE);
	}
}

function report(
	{ tables, rows }: Moved,
	{ database, config, seconds }: { database: string; config: Config; seconds: number },
): string[] {
	const lines = [
		`Copied ${tables} tables with ${rows.toLocaleString("en")} rows from ${database} in ${seconds.toFixed(1)} seconds. Counts and digests of all tables agree.`,
		"Set these for every server, then start them:",
		"  DATABASE_URL: the database that you gave to this command",
		`  PUBLIC_URL: ${publicUrlFrom(config)}`,
		`  AUXVYN_SECRET: ${secretFrom(config)}`,
	];
	if (config.backups.everyMs !== undefined)
		lines.push("Remove BACKUP_EVERY: PostgreSQL is backed up by its own tools, see docs/postgres.md.");
	return [
		...lines,
		`${database} stays as it was. Never start a server on it again: what is revoked from now on would still work there.`,
	];
}

function publicUrlFrom({ publicUrl }: Config): string {
	return (process.env["PUBLIC_URL"] ?? "").trim() === ""
		? `the address that people and games use; it was not set, and so ${publicUrl}`
		: `${publicUrl}, as before`;
}

/** Where the secret is, not what it is. */
function secretFrom({ secret, dataDir }: Config): string {
	if (secret !== undefined) return "the same as now, so that everyone stays signed in";
	const path = resolve(join(dataDir, "secret"));
	if (existsSync(path)) return `what is in ${path}, so that everyone stays signed in`;
	return "a new one, from openssl rand -hex 32; there is none yet";
}
