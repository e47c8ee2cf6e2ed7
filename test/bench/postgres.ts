import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import pg from "pg";

import { newId } from "../../server/ids.ts";
import { digestOf, digestPrefix } from "../../server/keys/authenticate/digest.ts";
import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { Cluster } from "../postgres/cluster.ts";
import { findPostgres } from "../postgres/find-postgres.ts";
import { signUpAt } from "../server/person.ts";
import { startServer } from "../server/server-process.ts";
import type { Contestant, ContestantOptions } from "./contestants.ts";

const KEYS_PER_STATEMENT = 10_000;
const PUBLIC_URL = "http://localhost:8787";

/** A server on a PostgreSQL of its own, on the same machine. */
export async function startPostgresContestant(options: ContestantOptions): Promise<Contestant> {
	const { name, folder, env = {}, keys } = options;
	const programs = await findPostgres();
	if (programs === undefined) throw new Error("PostgreSQL is not installed: on Debian, apt-get install postgresql.");
	const cluster = await Cluster.start(programs);
	const url = await cluster.createDatabase();
	await prepareDatabase(url);
	const dataDir = await mkdtemp(join(tmpdir(), "auxvyn-bench-"));
	const settings = {
		DATABASE_URL: url,
		DATA_DIR: dataDir,
		AUXVYN_SECRET: "signs-the-sessions-of-the-bench-0123456789",
		PUBLIC_URL,
		RATE_LIMIT_SCALE: "0",
	};
	const server = await startServer({ ...settings, ...env }, folder);
	const rin = await signUpAt(`http://localhost:${server.port}`, "Rin", PUBLIC_URL);
	const { secret } = await rin.createKey("Production");
	return {
		name,
		server,
		rin,
		secret,
		secrets: await insertKeys(url, rin.workspaceId, keys),
		databasePath: "",
		async lock() {
			const client = new pg.Client({ connectionString: url });
			await client.connect();
			await client.query("BEGIN");
			await client.query("LOCK TABLE api_key IN EXCLUSIVE MODE");
			return () => client.end();
		},
		async stop() {
			await server.stop();
			await cluster.stop();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

/** Inserts keys as if each had been created in the dashboard. Returns the keys. */
async function insertKeys(url: string, workspaceId: string, count: number): Promise<string[]> {
	const secrets = Array.from({ length: count }, generateKey);
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	for (let first = 0; first < count; first += KEYS_PER_STATEMENT) {
		const some = secrets.slice(first, first + KEYS_PER_STATEMENT);
		const digests = some.map(digestOf);
		await client.query(
			`INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, label_folded, hint, origin, created_at, sealed_at)
			SELECT prefix, digest, id, $5, 'Key ' || n || '.', 'key ' || n || '.', hint, 'dashboard', 1, 1
			FROM unnest($1::bigint[], $2::bytea[], $3::text[], $4::text[]) WITH ORDINALITY AS key (prefix, digest, id, hint, n)`,
			[
				digests.map((digest) => digestPrefix(digest).toString()),
				digests.map((digest) => Buffer.from(digest, "hex")),
				some.map(() => newId("key")),
				some.map((secret) => secret.slice(-4)),
				workspaceId,
			],
		);
	}
	await client.query("ANALYZE");
	await client.end();
	return secrets;
}
