import { hash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";

import Database from "better-sqlite3";
import pg from "pg";

import { systemClock } from "../../server/clock.ts";
import { digestPrefix } from "../../server/keys/authenticate/digest.ts";
import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { openPostgres } from "../../server/storage/postgres/storage.ts";
import { databasePath, openDatabase } from "../../server/storage/sqlite/open-database.ts";
import { openSqlite } from "../../server/storage/sqlite/storage.ts";
import type { Storage } from "../../server/storage/storage.ts";
import { stores } from "../../server/stores.ts";
import type { Cluster } from "../postgres/cluster.ts";

const KEYS_PER_WORKSPACE = 10_000;
const ORIGIN = "http://localhost:8787";
/** Other indexes are created once the table is full, which is quicker. */
const NOT_UNIQUE = (index: string): boolean => !/^CREATE UNIQUE/.test(index);

/** A database that is full of keys: of its `n`th one, the digest is `digestOf(n)`. */
export interface Subject {
	storage: Storage;
	/** Of a server on the same database. */
	env: Record<string, string>;
}

export function digestOf(key: number): string {
	return hash("sha256", String(key), "hex");
}

/** @param folder where the database is created */
export async function onSqlite(folder: string, keys: number): Promise<Subject> {
	const file = databasePath(path.join(folder, String(keys)));
	await mkdir(path.dirname(file));
	openDatabase(file).close();
	const db = new Database(file);
	db.pragma("synchronous = OFF");
	db.pragma("cache_size = -4000000");
	db.function("digest", (key) => Buffer.from(digestOf(Number(key)), "hex"));
	db.function("prefix", (key) => digestPrefix(digestOf(Number(key))));
	const indexes = db
		.prepare<[], { name: string; sql: string }>(
			"SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'api_key' AND sql IS NOT NULL",
		)
		.all()
		.filter(({ sql }) => NOT_UNIQUE(sql));
	db.exec(`
		${indexes.map(({ name }) => `DROP INDEX ${name};`).join("")}
		CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${keys - 1}) SELECT i FROM n;
		INSERT INTO workspace (id, name, created_at)
			SELECT DISTINCT 'ws_' || (i / ${KEYS_PER_WORKSPACE}), 'Bench', 1 FROM n;
		INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, label_folded, hint, origin, created_at, sealed_at)
			SELECT prefix(i), digest(i), 'key_' || i, 'ws_' || (i / ${KEYS_PER_WORKSPACE}), 'Key ' || i, 'key ' || i, 'abcd', 'dashboard', 1, 1
			FROM n;
		${indexes.map(({ sql }) => `${sql};`).join("")}
	`);
	db.close();
	console.error(`SQLite: ${keys} keys`);
	return { storage: openSqlite({ path: file, clock: systemClock, stores }), env: { DATA_DIR: path.dirname(file) } };
}

/** @param folder of a server's files */
export async function onPostgres(cluster: Cluster, folder: string, keys: number): Promise<Subject> {
	const url = await cluster.createDatabase();
	await prepareDatabase(url);
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	const { rows } = await client.query<{ indexname: string; indexdef: string }>(
		"SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'api_key'",
	);
	const indexes = rows.filter(({ indexdef }) => NOT_UNIQUE(indexdef));
	await client.query(`
		${indexes.map(({ indexname }) => `DROP INDEX ${indexname};`).join("")}
		INSERT INTO workspace (id, name, created_at)
			SELECT 'ws_' || n, 'Bench', 1 FROM generate_series(0, ${Math.ceil(keys / KEYS_PER_WORKSPACE) - 1}) AS n;
		INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, label_folded, hint, origin, created_at, sealed_at)
			SELECT ('x' || encode(substr(digest, 1, 8), 'hex'))::bit(64)::bigint, digest, 'key_' || i,
				'ws_' || (i / ${KEYS_PER_WORKSPACE}), 'Key ' || i, 'key ' || i, 'abcd', 'dashboard', 1, 1
			FROM (SELECT i, sha256(i::text::bytea) AS digest FROM generate_series(0, ${keys - 1}) AS i) AS made;
		${indexes.map(({ indexdef }) => `${indexdef};`).join("")}
	`);
	await client.query("VACUUM ANALYZE");
	await client.end();
	console.error(`PostgreSQL: ${keys} keys`);
	const env = { DATABASE_URL: url, AUXVYN_SECRET: "signs-the-sessions-of-the-bench-0123456789", PUBLIC_URL: ORIGIN };
	return {
		storage: await openPostgres({ url, clock: systemClock, stores }),
		env: { ...env, DATA_DIR: path.join(folder, `postgres-${keys}`) },
	};
}
