import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { StorageError } from "../../../errors/storage-error.ts";
import { createFolder, giveToOwner } from "../../files.ts";
import { withdrawalsOfBackup } from "../../withdrawals/withdrawals-file.ts";
import { backupFolder, backupName, pruneBackups } from "./folder.ts";
import { writeBackup } from "./write-backup.ts";

const PREFIX = "before-update-";
const KEPT = 3;
/** Earlier versions have no `npm run restore`. */
const FIRST_WITH_RESTORE = 18;

/**
 * Writes a checked backup before an update migrates the database, and tells `notify` how to go back.
 * @throws StorageError `unusable`, so that nothing is migrated without one
 */
export function backUpBeforeUpdate(database: string, version: number, notify?: (text: string) => void): void {
	const folder = resolve(backupFolder(database));
	const path = join(folder, backupName(PREFIX, Date.now()));
	try {
		createFolder(folder);
		writeBackup(database, path);
		for (const made of [folder, path, withdrawalsOfBackup(path)]) giveToOwner(made);
	} catch (error) {
		// Another process that starts at this moment has just written it.
		if (existsSync(path)) return;
		const why = error instanceof StorageError ? error.message : (error as Error).message;
		throw new StorageError(
			"unusable",
			`an update has to migrate it, and the backup before that failed, so nothing was changed (${why})`,
			{ cause: error },
		);
	}
	pruneBackups(folder, PREFIX, { keep: KEPT, now: Date.now() });
	notify?.(`The database was backed up to ${path} before this update migrated it. ${wayBack(database, path, version)}`);
}

function wayBack(database: string, backup: string, version: number): string {
	if (version >= FIRST_WITH_RESTORE) {
		return `To go back: stop the server, and in the folder of the previous version run npm run restore -- ${backup}; docs/backups.md has the commands for systemd and Docker.`;
	}
	return `To go back: stop the server, delete ${database}-wal and ${database}-shm if they exist, copy the backup over ${database}, and start the previous version.`;
}
