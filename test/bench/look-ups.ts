import { hash, randomInt } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import Database from "better-sqlite3";
import pg from "pg";

import { systemClock } from "../../server/clock.ts";
import { findKeysByDigest } from "../../server/keys/authenticate/authenticate.store.ts";
import { digestPrefix } from "../../server/keys/authenticate/digest.ts";
import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { openPostgres } from "../../server/storage/postgres/storage.ts";
import { databasePath, openDatabase } from "../../server/storage/sqlite/open-database.ts";
import { openSqlite } from "../../server/storage/sqlite/storage.ts";
import type { Storage } from "../../server/storage/storage.ts";
import { stores } from "../../server/stores.ts";
import { Cluster } from "../postgres/cluster.ts";
import { findPostgres } from "../postgres/find-postgres.ts";
import { median, share } from "./load.ts";

/**
 * `node test/bench/look-ups.ts [KEYS]`: what a request waits for if its key is not cached, a freshness check and a look-up,
 * with so many keys (default: 10,000,000) beside 1,000. 10 GB on the disk.
 */
const MANY = Number(process.argv[2] ?? 10_000_000);
const FEW = 1_000;
const KEYS_PER_WORKSPACE = 10_000;
const ROUNDS = 21;
const LOOK_UPS = 5_000;
const AT_ONCE = [1, 32];
const NOT_UNIQUE = (index: string): boolean => !/^CREATE UNIQUE/.test(index);

const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-look-ups-"));
const cluster = await Cluster.start((await findPostgres()) ?? "", {
	inMemory: false,
	settings: { shared_buffers: "2GB", max_wal_size: "8GB", maintenance_work_mem: "1GB" },
});
try {
	await compare("SQLite", [await onSqlite(FEW), await onSqlite(MANY)]);
	await compare("PostgreSQL", [await onPostgres(FEW), await onPostgres(MANY)]);
} finally {
	await cluster.stop();
	await rm(folder, { recursive: true });
}

function digestOf(key: number): string {
	return hash("sha256", String(key), "hex");
}

async function onSqlite(keys: number): Promise<Storage> {
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
	return openSqlite({ path: file, clock: systemClock, stores });
}

async function onPostgres(keys: number): Promise<Storage> {
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
	return openPostgres({ url, clock: systemClock, stores });
}

/** Alternating rounds, each with random keys. */
async function compare(engine: string, storages: readonly Storage[]): Promise<void> {
	const counts = [FEW, MANY];
	for (const atOnce of AT_ONCE) {
		const rounds = storages.map(() => [] as { mean: number; p99: number }[]);
		for (let round = 0; round <= ROUNDS; round++) {
			for (const [index, storage] of storages.entries()) {
				const measured = await lookUp(storage, counts[index] ?? 0, atOnce);
				// The first one warms up.
				if (round > 0) rounds[index]?.push(measured);
			}
		}
		const of = (name: "mean" | "p99", index: number) => median((rounds[index] ?? []).map((each) => each[name]));
		for (const [index, keys] of counts.entries()) {
			const ratio = median(
				(rounds[index] ?? []).map(({ mean }, round) => mean / (rounds[0]?.[round]?.mean ?? Number.NaN)),
			);
			console.log(
				`${engine}, ${keys.toLocaleString("en").padStart(10)} keys, ${String(atOnce).padStart(2)} at once: ${(of("mean", index) * 1000).toFixed(1)} µs a look-up, p99 ${(of("p99", index) * 1000).toFixed(0)} µs, ${ratio.toFixed(2)} × few`,
			);
		}
	}
	for (const storage of storages) await storage.close();
}

/** Milliseconds: of the clock for each look-up, and how long the slowest hundredth took. */
async function lookUp(storage: Storage, keys: number, atOnce: number): Promise<{ mean: number; p99: number }> {
	const latencies: number[] = [];
	let left = LOOK_UPS;
	async function one(): Promise<void> {
		while (left-- > 0) {
			const digest = digestOf(randomInt(keys));
			const began = performance.now();
			await storage.freshness.check();
			const found = await storage.lookUp(findKeysByDigest, digest);
			if (found === undefined) throw new Error(`There is no key ${digest}.`);
			latencies.push(performance.now() - began);
		}
	}
	const began = performance.now();
	await Promise.all(Array.from({ length: atOnce }, one));
	const mean = (performance.now() - began) / LOOK_UPS;
	return {
		mean,
		p99: share(
			latencies.sort((a, b) => a - b),
			0.99,
		),
	};
}
