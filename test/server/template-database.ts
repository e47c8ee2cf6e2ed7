import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { databasePath, openDatabase } from "../../server/storage/sqlite/open-database.ts";

let template: Promise<Buffer> | undefined;

/** Puts an empty database of the newest schema into the folder: migrating one takes longer than most tests. */
export async function placeDatabase(dataDir: string): Promise<void> {
	template ??= migrateOne();
	await writeFile(databasePath(dataDir), await template, { mode: 0o600 });
}

async function migrateOne(): Promise<Buffer> {
	const folder = await mkdtemp(join(tmpdir(), "auxvyn-test-"));
	try {
		const path = databasePath(folder);
		openDatabase(path).close();
		return await readFile(path);
	} finally {
		await rm(folder, { recursive: true });
	}
}
