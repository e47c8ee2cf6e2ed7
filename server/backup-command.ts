import { CommandError, inMegabytes, runFileCommand } from "./command.ts";
import { runBackupCommand } from "./maintenance/backup-command.ts";
import { runBackup } from "./storage/sqlite/backup/run-backup.ts";
import { withdrawalsOfBackup } from "./storage/withdrawals/withdrawals-file.ts";

/** `npm run backup -- FILE` */
const USAGE = "Give the file to write: npm run backup -- /path/to/auxvyn-backup.db";
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

await runFileCommand(async ({ database, config, resolve }) => {
	const [name, ...more] = process.argv.slice(2);
	if (name === undefined || name === "" || name.startsWith("-") || more.length > 0) throw new CommandError(USAGE);
	const running = runBackup(database, resolve(name));
	for (const signal of SIGNALS) process.once(signal, running.abort);
	const { path, bytes, tables } = await running.done;
	// From here on they end this process, also while a command hangs.
	for (const signal of SIGNALS) process.removeListener(signal, running.abort);
	const written = `Wrote and checked ${path}: ${inMegabytes(bytes)}, ${tables} tables. Keep ${withdrawalsOfBackup(path)} with it. Sessions, pairings and links are not in it.`;
	if (config.backups.command === undefined) return written;
	const failure = await runBackupCommand(config.backups.command, path);
	if (failure !== undefined) throw new CommandError(`${written} ${failure}`);
	return written;
});
