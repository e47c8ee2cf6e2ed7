import { closeSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";

import { StorageError } from "../../errors/storage-error.ts";
import { unfinishedName } from "./backup/folder.ts";
import { holdDatabase } from "./backup/hold.ts";
import { tablesOf } from "./backup/inspect.ts";
import { removeUnfinished } from "./backup/write-backup.ts";
import { migrations } from "./migrations/index.ts";
import { openDatabase, type SqliteDatabase } from "./open-database.ts";

export type Value = string | bigint | Uint8Array | null;

export interface SourceTable {
	name: string;
	/** Without generated ones. */
	columns: string[];
	/** The columns by which rows are sorted: the primary key, or all. */
	order: string[];
	count: number;
	/** The greatest number that was ever given to a row, where SQLite gives numbers; otherwise 0. */
	lastNumber: number;
}

/** A database that is moved elsewhere: locked, and only read. */
export interface Source {
	tables: SourceTable[];
	/** A table's rows, with the values in the order of `columns`. */
	rows(table: SourceTable): Iterable<Value[]>;
	close(): void;
}

/**
 * Locks a database, and reads it. One of an older version is migrated on a copy.
 * @throws StorageError `unusable` if a server is running on it, or it cannot be read
 */
export function openSource(database: string): Source {
	const held = holdDatabase(database, "move it");
	let copy: Copy | undefined;
	const close = (): void => {
		copy?.remove();
		held.release();
	};
	try {
		if (held.db === undefined) throw damaged(database);
		const version = requireUsable(held.db, database);
		if (version < migrations.length) copy = migratedCopy(held.db, database);
		const db = copy?.db ?? held.db;
		return { tables: tablesOf(db).map((name) => describe(db, name)), rows: (table) => rowsOf(db, table), close };
	} catch (error) {
		close();
		throw error;
	}
}

/** Returns its version. */
function requireUsable(db: SqliteDatabase, path: string): number {
	const version = Number(db.pragma("user_version", { simple: true }));
	if (version === 0) throw new StorageError("unusable", `The database ${path} is empty: there is nothing to move.`);
	if (version > migrations.length) {
		throw new StorageError("unusable", `The database ${path} was written by a newer Auxvyn: update this one first.`);
	}
	if (db.pragma("quick_check(1)", { simple: true }) !== "ok") throw damaged(path);
	return version;
}

function damaged(path: string): StorageError {
	return new StorageError("unusable", `The database ${path} is damaged: restore it from a backup, then move it.`);
}

interface Copy {
	db: SqliteDatabase;
	remove(): void;
}

function migratedCopy(source: SqliteDatabase, database: string): Copy {
	removeUnfinished(dirname(database));
	const path = unfinishedName(`${database}.moving`);
	// SQLite would let everybody read it.
	closeSync(openSync(path, "wx", 0o600));
	let db: SqliteDatabase | undefined;
	const remove = (): void => {
		db?.close();
		for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(path + suffix, { force: true });
	};
	try {
		source.prepare("VACUUM INTO ?").run(path);
		db = openDatabase(path);
		return { db, remove };
	} catch (error) {
		remove();
		throw error;
	}
}

interface Column {
	name: string;
	/** The place in the primary key, from 1; 0 if it is not in it. */
	pk: number;
	/** 0 for columns that are stored as they were given. */
	hidden: number;
}

function describe(db: SqliteDatabase, name: string): SourceTable {
	const columns = (db.pragma(`table_xinfo(${quoted(name)})`) as Column[]).filter(({ hidden }) => hidden === 0);
	const key = columns.filter(({ pk }) => pk > 0).toSorted((one, other) => one.pk - other.pk);
	const number = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?";
	return {
		name,
		columns: columns.map((column) => column.name),
		order: (key.length > 0 ? key : columns).map((column) => column.name),
		count:
			db
				.prepare<[], number>(`SELECT count(*) FROM ${quoted(name)}`)
				.pluck()
				.get() ?? 0,
		lastNumber: db.prepare<[string], number>(number).pluck().get(name) ?? 0,
	};
}

function rowsOf(db: SqliteDatabase, { name, columns, order }: SourceTable): Iterable<Value[]> {
	const list = (names: readonly string[]) => names.map(quoted).join(", ");
	const statement = db.prepare<[], Value[]>(`SELECT ${list(columns)} FROM ${quoted(name)} ORDER BY ${list(order)}`);
	return statement.raw().safeIntegers().iterate();
}

function quoted(name: string): string {
	return `"${name}"`;
}
