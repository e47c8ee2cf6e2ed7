import Database from "better-sqlite3";

import { migrations } from "./migrations/index.ts";
import { APPLICATION_ID } from "./open-database.ts";

const BUSY_TIMEOUT_MS = 5_000;

/**
 * Looks at a database without changing it, whether or not a server has it open. Returns what is wrong and what to do;
 * undefined if nothing is.
 */
export function inspectDatabase(path: string): string | undefined {
	try {
		const db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
		try {
			const version = Number(db.pragma("user_version", { simple: true }));
			if (db.pragma("application_id", { simple: true }) !== APPLICATION_ID)
				return "is another program's: point DATA_DIR elsewhere";
			if (version > migrations.length) return "was written by a newer Auxvyn: update this one";
			if (db.pragma("quick_check(1)", { simple: true }) !== "ok") return "is damaged: restore it from a backup";
			return undefined;
		} finally {
			db.close();
		}
	} catch (error) {
		const { code = "" } = error as { code?: string };
		if (code.startsWith("SQLITE_NOTADB")) return "is not a SQLite database: restore it from a backup";
		if (code.startsWith("SQLITE_CORRUPT")) return "is damaged: restore it from a backup";
		return `cannot be read (${code || "no reason given"}): check the disk`;
	}
}
