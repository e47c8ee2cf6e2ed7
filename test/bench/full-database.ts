import { hash, randomInt } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { crc32 } from "node:zlib";

import Database from "better-sqlite3";
import pg from "pg";

import { systemClock } from "../../server/clock.ts";
import { digestOf, digestPrefix } from "../../server/keys/authenticate/digest.ts";
import { hintOf } from "../../server/keys/manage/generate-key.ts";
import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { openPostgres } from "../../server/storage/postgres/storage.ts";
import { databasePath, openDatabase } from "../../server/storage/sqlite/open-database.ts";
import { openSqlite } from "../../server/storage/sqlite/storage.ts";
import type { Storage } from "../../server/storage/storage.ts";
import { stores } from "../../server/stores.ts";
import { KEY_PREFIX, KEY_RANDOM_CHARACTERS } from "../../shared/key-format.ts";
import type { Cluster } from "../postgres/cluster.ts";

const KEYS_PER_WORKSPACE = 10_000;
const KEYS_PER_STATEMENT = 10_000;
/** From this one on, the keys of `keyOf` are in no database. */
const FIRST_UNKNOWN = 1_000_000_000;
const ORIGIN = "http://localhost:8787";
/** Other indexes are created once the table is full, which is quicker. */
const NOT_UNIQUE = (index: string): boolean => !/^CREATE UNIQUE/.test(index);

/** A database that is full of keys: its `n`th one is `keyOf(n)`. */
export interface FullDatabase {
	keys: number;
	/** What it took to fill. */
	seconds: number;
	size: Size;
	/** The server's, in this process. */
	open(): Promise<Storage>;
	/** Of a server on the same database. */
	env: Record<string, string>;
}

/** Bytes. On SQLite the table is the primary key's index, too. */
export interface Size {
	database: number;
	table: number;
	indexes: number;
}

/** A key whose random part is the digest of a number. */
export function keyOf(n: number): string {
	const random = hash("sha256", `bench ${n}`, "hex").slice(0, KEY_RANDOM_CHARACTERS);
	// Five times as quick as the checksum that also runs in Luau.
	return `${KEY_PREFIX}${random}${crc32(random).toString(16).padStart(8, "0")}`;
}

/** One of a billion keys that are in no database. */
export function unknownKey(): string {
	return keyOf(FIRST_UNKNOWN + randomInt(FIRST_UNKNOWN));
}

/** @param folder where the database is created */
export async function onSqlite(folder: string, keys: number): Promise<FullDatabase> {
	const began = performance.now();
	const file = databasePath(path.join(folder, `sqlite-${keys}`));
	await mkdir(path.dirname(file));
	openDatabase(file).close();
	const db = new Database(file);
	// SQLite leaves WAL only this way.
	db.pragma("journal_mode = DELETE");
	db.pragma("journal_mode = OFF");
	db.pragma("synchronous = OFF");
	db.pragma("cache_size = -4000000");
	const indexes = db
		.prepare<[], { name: string; sql: string }>(
			"SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'api_key' AND sql IS NOT NULL",
		)
		.all()
		.filter(({ sql }) => NOT_UNIQUE(sql));
	db.exec(indexes.map(({ name }) => `DROP INDEX ${name};`).join(""));
	const insertWorkspace = db.prepare("INSERT INTO workspace (id, name, created_at) VALUES (?, 'Bench', 1)");
	const insertKey = db.prepare(`
		INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, label_folded, hint, origin, created_at, sealed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, 'dashboard', 1, 1)`);
	db.exec("BEGIN");
	for (let n = 0; n < keys; n++) {
		const workspace = `ws_${Math.floor(n / KEYS_PER_WORKSPACE)}`;
		if (n % KEYS_PER_WORKSPACE === 0) insertWorkspace.run(workspace);
		const key = keyOf(n);
		const digest = digestOf(key);
		const texts = [`key_${n}`, workspace, `Key ${n}`, `key ${n}`, hintOf(key)];
		insertKey.run(digestPrefix(digest), Buffer.from(digest, "hex"), ...texts);
	}
	db.exec("COMMIT");
	db.exec(indexes.map(({ sql }) => `${sql};`).join(""));
	const pages = db
		.prepare<[], { isIndex: number; bytes: number }>(
			`SELECT type = 'index' AS isIndex, sum(pgsize) AS bytes
			FROM (SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE) JOIN sqlite_schema USING (name)
			WHERE tbl_name = 'api_key' GROUP BY 1`,
		)
		.all();
	const of = (isIndex: number) => pages.find((each) => each.isIndex === isIndex)?.bytes ?? Number.NaN;
	db.pragma("journal_mode = WAL");
	const database = Number(db.pragma("page_count", { simple: true })) * Number(db.pragma("page_size", { simple: true }));
	db.close();
	return {
		keys,
		seconds: (performance.now() - began) / 1000,
		size: { database, table: of(0), indexes: of(1) },
		open: () => Promise.resolve(openSqlite({ path: file, clock: systemClock, stores })),
		env: { DATA_DIR: path.dirname(file) },
	};
}

/** @param folder of a server's files */
export async function onPostgres(cluster: Cluster, folder: string, keys: number): Promise<FullDatabase> {
	const began = performance.now();
	const url = await cluster.createDatabase();
	await prepareDatabase(url);
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	const { rows } = await client.query<{ indexname: string; indexdef: string }>(
		"SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'api_key'",
	);
	const indexes = rows.filter(({ indexdef }) => NOT_UNIQUE(indexdef));
	await client.query(`
		SET synchronous_commit = off;
		${indexes.map(({ indexname }) => `DROP INDEX ${indexname};`).join("")}
		INSERT INTO workspace (id, name, created_at)
			SELECT 'ws_' || n, 'Bench', 1 FROM generate_series(0, ${Math.ceil(keys / KEYS_PER_WORKSPACE) - 1}) AS n;
	`);
	for (let first = 0; first < keys; first += KEYS_PER_STATEMENT) {
		const count = Math.min(KEYS_PER_STATEMENT, keys - first);
		const some = Array.from({ length: count }, (_, index) => keyOf(first + index));
		await client.query({
			name: "fill",
			text: `INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, label_folded, hint, origin, created_at, sealed_at)
				SELECT ('x' || left(digest, 16))::bit(64)::bigint, decode(digest, 'hex'), 'key_' || n,
					'ws_' || (n / ${KEYS_PER_WORKSPACE}), 'Key ' || n, 'key ' || n, hint, 'dashboard', 1, 1
				FROM (SELECT digest, hint, $3::int + place - 1 AS n
					FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS made (digest, hint, place)) AS made`,
			values: [some.map(digestOf), some.map(hintOf), first],
		});
	}
	await client.query(indexes.map(({ indexdef }) => `${indexdef};`).join(""));
	await client.query("VACUUM ANALYZE");
	const sizes = await client.query<Record<keyof Size, string>>(
		`SELECT pg_database_size(current_database()) AS "database", pg_table_size('api_key') AS "table",
			pg_indexes_size('api_key') AS "indexes"`,
	);
	await client.end();
	const { database, table, indexes: ofIndexes } = sizes.rows[0] as Record<keyof Size, string>;
	const env = { DATABASE_URL: url, AUXVYN_SECRET: "signs-the-sessions-of-the-bench-0123456789", PUBLIC_URL: ORIGIN };
	return {
		keys,
		seconds: (performance.now() - began) / 1000,
		size: { database: Number(database), table: Number(table), indexes: Number(ofIndexes) },
		open: () => openPostgres({ url, clock: systemClock, stores }),
		env: { ...env, DATA_DIR: path.join(folder, `postgres-${keys}`) },
	};
}
