import { spawn } from "node:child_process";
import { once } from "node:events";

import { SECRET_SETTINGS } from "../config.ts";

/**
 * Runs the operator's command after a backup, with the backup's path as its last argument; no shell. Its output is not
 * kept: it may contain secrets.
 * @returns why it failed, in one line; undefined if it did not
 */
export async function runBackupCommand(command: readonly string[], backup: string): Promise<string | undefined> {
	const [program = "", ...args] = command;
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SECRET_SETTINGS.includes(name)));
	try {
		const child = spawn(program, [...args, backup], { env, stdio: "ignore" });
		const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
		if (code === 0) return undefined;
		return `BACKUP_COMMAND ended with ${signal ?? `exit code ${code}`} for ${backup}: run it by hand to see why.`;
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		const why = code === "ENOENT" ? "there is no such program" : code === "EACCES" ? "it may not be executed" : message;
		return `BACKUP_COMMAND could not be run: ${why}.`;
	}
}
