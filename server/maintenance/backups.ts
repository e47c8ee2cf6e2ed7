import { existsSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import type { BackupSettings } from "../backup-settings.ts";
import { createFolder, namesIn } from "../storage/files.ts";
import { backupFolder, backupName, listBackups, pruneBackups } from "../storage/sqlite/backup/folder.ts";
import { runBackup, type RunningBackup } from "../storage/sqlite/backup/run-backup.ts";
import { removeUnfinished } from "../storage/sqlite/backup/write-backup.ts";
import { runBackupCommand } from "./backup-command.ts";
import type { Chore } from "./janitor.ts";

const PREFIX = "auxvyn-";
const RETRY_MS = 10 * 60_000;

export interface BackupsOptions {
	database: string;
	settings: BackupSettings;
	now: () => number;
	/** Whether the disk has too little space for anything new. */
	isDiskLow: () => boolean;
	log: { info(text: string): void; warn(text: string): void; error(text: string): void };
}

/** For `/readyz` and the metrics. Times in milliseconds. */
export interface BackupState {
	lastAt: number | null;
	/** Why the latest backup failed. */
	failure: string | null;
	/** Why the command after it failed. */
	commandFailure: string | null;
}

/** Backs up by the clock. Neither a failure nor a slow command ever holds anything up. */
export function createBackups({ database, settings, now, isDiskLow, log }: BackupsOptions) {
	const { everyMs, keep, command } = settings;
	const folder = resolve(backupFolder(database));
	const state: BackupState = { lastAt: null, failure: null, commandFailure: null };
	let dueAt = Infinity;
	let running: RunningBackup | undefined;
	let commandRuns = false;
	let closed = false;

	function start(): void {
		for (const place of [folder, dirname(database)]) {
			for (const name of removeUnfinished(place)) {
				const what = name.includes(".migration-check.") ? "trial of migrations" : "backup";
				if (name.endsWith("-part")) log.warn(`Removed ${join(place, name)}, which an interrupted ${what} left.`);
			}
		}
		// None can be running: it would have the database locked.
		for (const name of namesIn(dirname(database))) {
			if (!name.startsWith(`${basename(database)}.restoring`)) continue;
			rmSync(join(dirname(database), name), { force: true });
			log.warn(`Removed ${name}, which an interrupted restore left: nothing was restored.`);
		}
		look();
	}

	/** Another process on the same database may have made one. */
	function look(): void {
		const latest = listBackups(folder, PREFIX, now()).at(-1)?.at ?? -Infinity;
		state.lastAt = Number.isFinite(latest) ? latest : null;
		if (everyMs !== undefined) dueAt = Math.min(latest, now()) + everyMs;
	}

	async function backUp(): Promise<void> {
		const path = join(folder, backupName(PREFIX, now()));
		try {
			if (isDiskLow()) throw new Error("the disk has less free space than DISK_FLOOR_MB");
			createFolder(folder);
			running = runBackup(database, path);
			await running.done;
			running = undefined;
			state.lastAt = now();
			state.failure = null;
			dueAt = now() + (everyMs ?? Infinity);
			pruneBackups(folder, PREFIX, { keep, now: now() });
		} catch (error) {
			running = undefined;
			if (closed) return;
			// Another process on the same database has just made it.
			if (existsSync(path)) {
				state.failure = null;
				look();
				return;
			}
			state.failure = (error as Error).message;
			dueAt = now() + Math.min(everyMs ?? RETRY_MS, RETRY_MS);
			log.error(`The scheduled backup failed and will be tried again: ${state.failure}`);
			return;
		}
		log.info(`Backed up the database to ${path}.`);
		if (command !== undefined) void runCommand(command, path);
	}

	async function runCommand(program: string[], path: string): Promise<void> {
		state.commandFailure = commandRuns
			? `BACKUP_COMMAND still runs for an earlier backup, and was left out for ${path}.`
			: null;
		if (!commandRuns) {
			commandRuns = true;
			state.commandFailure = (await runBackupCommand(program, path)) ?? null;
			commandRuns = false;
		}
		if (state.commandFailure !== null) log.error(state.commandFailure);
	}

	/** Starts a backup that is due, and does not wait for it. */
	const chore: Chore = async () => {
		if (closed || now() < dueAt) return false;
		if (state.failure === null) look();
		if (now() < dueAt) return false;
		dueAt = Infinity;
		void backUp();
		return false;
	};

	return {
		start,
		chore,
		state: (): BackupState | undefined => (everyMs === undefined ? undefined : state),
		/** For `adopt` in other processes, where `chore` does not run. */
		latest: (): BackupState => state,
		adopt: (latest: BackupState): void => void Object.assign(state, latest),
		close(): void {
			closed = true;
			running?.abort();
		},
	};
}
