import { readFile } from "node:fs/promises";
import path from "node:path";

import pg from "pg";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { migrations } from "../../server/storage/postgres/migrations/index.ts";
import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { build } from "../server/helper.ts";
import { tempDir } from "../server/temp-dir.ts";
import { Cluster } from "./cluster.ts";
import { findPostgres } from "./find-postgres.ts";

let cluster: Cluster;

beforeAll(async () => {
	cluster = await Cluster.start((await findPostgres()) ?? "");
});

afterAll(() => cluster.stop());

/** The blocks of SQL in docs/postgres.md: what creates the database, closes it, and gives a second role its rights. */
async function sqlBlocks(): Promise<string[]> {
	const text = await readFile(path.join(REPOSITORY, "docs/postgres.md"), "utf8");
	return [...text.matchAll(/```sql\n(.*?)```/gs)].map(([, block = ""]) => block);
}

async function run(url: string, sql: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		// CREATE DATABASE has to be alone.
		for (const statement of sql.split(";\n").filter((each) => each.trim() !== "")) await client.query(statement);
	} finally {
		await client.end();
	}
}

const as = (role: string) => cluster.url("auxvyn_docs").replace("//auxvyn@", `//${role}@`);

it("docs/postgres.md has the rights that migrating needs, and those that are enough for a server", async () => {
	const [creating = "", closing = "", granting = "", ...others] = (await sqlBlocks()).map((block) =>
		block.replaceAll(/\bauxvyn(_server)?\b/g, (name) => (name === "auxvyn" ? "auxvyn_docs" : name)),
	);
	expect(others).toEqual([]);
	await run(cluster.url("postgres"), creating);
	await run(cluster.url("auxvyn_docs"), closing);
	await cluster.sql("postgres", "CREATE ROLE auxvyn_server LOGIN");
	const refused = "its user may not create tables, which this version has to";
	await cluster.sql("postgres", "GRANT CONNECT ON DATABASE auxvyn_docs TO auxvyn_server");
	await expect(prepareDatabase(as("auxvyn_server"))).rejects.toThrow(refused);
	await prepareDatabase(as("auxvyn_docs"));
	await run(as("auxvyn_docs"), granting);

	const env = {
		DATABASE_URL: as("auxvyn_server"),
		PUBLIC_URL: "http://localhost:8787",
		AUXVYN_SECRET: "signs-the-sessions-of-all-tests-0123456789",
	};
	const server = await build({ dataDir: await tempDir(), env });
	onTestFinished(() => server.close());
	const rin = await server.signUp();
	const { access_token } = await server.pair(rin);
	expect((await server.whoami(access_token)).statusCode).toBe(200);
	const { id, secret } = await rin.createKey();
	const revoked = await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
	expect([revoked.statusCode, (await server.whoami(secret)).statusCode]).toEqual([204, 401]);

	const later = [...migrations, "CREATE TABLE later (id bigint); SELECT 1;"];
	await expect(prepareDatabase(as("auxvyn_server"), { migrations: later })).rejects.toThrow(refused);
	await prepareDatabase(as("auxvyn_docs"), { migrations: later });
	await run(as("auxvyn_server"), "INSERT INTO later VALUES (1)");
	await expect(run(as("auxvyn_server"), "UPDATE schema_version SET version = 1")).rejects.toThrow("permission denied");
});
