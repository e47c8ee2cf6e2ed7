import { CommandError, runFileCommand } from "./command.ts";
import { tryMigrations } from "./storage/sqlite/backup/try-migrations.ts";

/** `npm run migrate -- --check` */
const USAGE =
	"The server migrates its database when it starts. To try that on a copy first: npm run migrate -- --check";

await runFileCommand(async ({ database }) => {
	if (process.argv.slice(2).join(" ") !== "--check") throw new CommandError(USAGE);
	const { from, to, milliseconds } = tryMigrations(database);
	if (from === to) return `The database is up to date (schema ${to}): a start will not migrate it.`;
	return `A start will migrate the database from schema ${from} to ${to}. On a copy, this went well, in ${(milliseconds / 1000).toFixed(1)} seconds; the database itself was not changed.`;
});
