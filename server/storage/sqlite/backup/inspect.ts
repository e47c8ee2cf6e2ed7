import { closeSync, openSync, readSync, statSync } from "node:fs";

import Database from "better-sqlite3";

import { StorageError } from "../../../errors/storage-error.ts";
import { APPLICATION_ID } from "../open-database.ts";

/** What `npm run restore` and backups check before they believe a file. */
export interface Inspected {
	/** The number of migrations it has had. */
	version: number;
	tables: string[];
	bytes: number;
}

const HEADER = "SQLite format 3\0";
/** Each `quick_check` and `integrity_check` lists up to so many problems; one is enough. */
const MAX_PROBLEMS = 1;

/**
 * Reads a whole database file, and checks that it is ours and undamaged.
 * @throws StorageError `unusable`, about `name`
 */
export function inspectDatabase(path: string, name = path): Inspected {
	if (!hasHeader(path)) throw refused(name, "it is not a SQLite database, or its beginning is missing");
	let db: Database.Database | undefined;
	try {
		db = new Database(path, { readonly: true, fileMustExist: true });
		if (db.pragma("application_id", { simple: true }) !== APPLICATION_ID) {
			throw refused(name, "it is another program's database");
		}
		const [problem] = db.pragma(`integrity_check(${MAX_PROBLEMS})`) as { integrity_check: string }[];
		if (problem?.integrity_check !== "ok") throw refused(name, "it is damaged or incomplete, so use another backup");
		if ((db.pragma("foreign_key_check") as unknown[]).length > 0) {
			throw refused(name, "it is damaged: rows refer to others that are missing");
		}
		return {
			version: Number(db.pragma("user_version", { simple: true })),
			tables: tablesOf(db),
			bytes: statSync(path).size,
		};
	} catch (error) {
		if (error instanceof StorageError) throw error;
		throw refused(name, "it is damaged or incomplete, so use another backup", error);
	} finally {
		db?.close();
	}
}

export function tablesOf(db: Database.Database): string[] {
	return db
		.prepare<[], string>(
			"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
		)
		.pluck()
		.all();
}

function hasHeader(path: string): boolean {
	const file = openSync(path, "r");
	try {
		const begin = Buffer.alloc(HEADER.length);
		readSync(file, begin, 0, HEADER.length, 0);
		return begin.toString("latin1") === HEADER;
	} finally {
		closeSync(file);
	}
}

function refused(name: string, why: string, cause?: unknown): StorageError {
	return new StorageError("unusable", `Cannot use ${name}: ${why}. Nothing was changed.`, { cause });
}
