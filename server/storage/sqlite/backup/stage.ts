import { chmodSync, copyFileSync, existsSync, rmSync } from "node:fs";

import { StorageError } from "../../../errors/storage-error.ts";
import { giveToOwner } from "../../files.ts";
import { migrations } from "../migrations/index.ts";
import { inspectDatabase } from "./inspect.ts";

/**
 * Copies a backup to `staged`, so that looking at it changes nothing.
 * @throws StorageError `unusable` if it cannot be restored
 */
export function stage(backup: string, staged: string): void {
	removeStaged(staged);
	for (const suffix of ["", "-wal"]) {
		if (!existsSync(backup + suffix)) continue;
		copyFileSync(backup + suffix, staged + suffix);
		chmodSync(staged + suffix, 0o600);
		giveToOwner(staged + suffix);
	}
	const { version, tables } = inspectDatabase(staged, backup);
	if (version > migrations.length) {
		throw new StorageError(
			"unusable",
			`${backup} was written by a newer Auxvyn (schema ${version}; this one knows ${migrations.length}): restore it with that version. Nothing was changed.`,
		);
	}
	if (version > 0 && tables.includes("api_key")) return;
	throw new StorageError("unusable", `Cannot use ${backup}: it is empty. Nothing was changed.`);
}

export function removeStaged(staged: string): void {
	for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(staged + suffix, { force: true });
}
