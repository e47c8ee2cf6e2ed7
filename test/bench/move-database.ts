import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import Database from "better-sqlite3";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { databasePath, openDatabase } from "../../server/storage/sqlite/open-database.ts";
import { Cluster } from "../postgres/cluster.ts";
import { findPostgres } from "../postgres/find-postgres.ts";
import { insertKeys } from "./many-keys.ts";

/** `node test/bench/move-database.ts [KEYS] [HOURS]`: times `npm run move-database` with so many keys and hours of use. */
const [keys = 100_000, hours = 30] = process.argv.slice(2).map(Number);
const DAYS = 30;
const HOURS = DAYS * 24;

const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-move-"));
const cluster = await Cluster.start((await findPostgres()) ?? "");
try {
	const file = databasePath(folder);
	fill(file);
	const url = await cluster.createDatabase();
	const began = performance.now();
	const child = spawn(process.execPath, ["server/move-database.js", "--to", url], {
		cwd: REPOSITORY,
		env: { PATH: process.env["PATH"] ?? "", DATA_DIR: folder },
		stdio: "inherit",
	});
	const [code] = (await once(child, "exit")) as [number | null];
	console.log(`Exit code ${String(code)} after ${((performance.now() - began) / 1000).toFixed(1)} seconds.`);
	const sizes = ["api_key", "key_usage"].map(
		(table) => `(SELECT pg_total_relation_size('${table}') / greatest(count(*), 1) FROM ${table})::int AS "${table}"`,
	);
	const [bytes] = await cluster.sql(new URL(url).pathname.slice(1), `SELECT ${sizes.join(", ")}`);
	console.log("Bytes a row, with indexes:", bytes);
} finally {
	await cluster.stop();
	await rm(folder, { recursive: true });
}

/** Each key was used in `hours` of the last 30 days, spread evenly, and in ten minutes of the last day. */
function fill(file: string): void {
	openDatabase(file).close();
	const db = new Database(file);
	db.exec("INSERT INTO workspace (id, name, created_at) VALUES ('ws_1', 'Bench', 1)");
	db.close();
	insertKeys(file, "ws_1", keys);
	const filled = new Database(file);
	const now = Math.floor(Date.now() / 3_600_000);
	filled.exec(`
		CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${HOURS - 1}) SELECT i FROM n;
		INSERT INTO key_usage (hour, key_id, accepted)
			SELECT ${now} - i, k.id, 60 FROM n CROSS JOIN api_key AS k WHERE (i + k.rowid) % ${Math.ceil(HOURS / hours)} = 0;
		INSERT INTO key_minute (span, key_id, minute, accepted)
			SELECT ${now * 6} - i, k.id, (${now * 6} - i) * 10, 1 FROM n CROSS JOIN api_key AS k WHERE i < 10;
		INSERT INTO activity (workspace_id, at, kind, key_id) SELECT workspace_id, created_at, 'key.created', id FROM api_key;
	`);
	filled.close();
}
