import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";

import { inspectDatabase } from "../../server/storage/postgres/inspect-database.ts";
import { MIGRATING } from "../../server/storage/postgres/migrate.ts";
import { migrations } from "../../server/storage/postgres/migrations/index.ts";
import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { openSession } from "../../server/storage/postgres/session.ts";
import { databaseOf } from "./fault-fixture.ts";
import { createTestDatabase } from "./test-database.ts";

async function psql(url: string): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: url });
	client.on("error", () => undefined);
	await client.connect();
	onTestFinished(() => client.end());
	return client;
}

/** A database for whose connections this is set. */
async function databaseWith(setting: string): Promise<string> {
	const url = await createTestDatabase();
	await (await psql(url)).query(`ALTER DATABASE ${databaseOf(url)} SET ${setting}`);
	return url;
}

const prepare = (url: string) => prepareDatabase(url, { waitMs: 0 });

describe("a start is refused by a database that would not notice a revocation", () => {
	it("because its user's triggers do not run", async () => {
		const url = await databaseWith("session_replication_role = replica");
		await expect(prepare(url)).rejects.toThrow(/session_replication_role is replica for this user/);
	});

	it("because triggers are off, as after pg_restore --disable-triggers", async () => {
		const url = await createTestDatabase();
		const admin = await psql(url);
		await admin.query("ALTER TABLE api_key DISABLE TRIGGER ALL; ALTER TABLE workspace DISABLE TRIGGER USER");
		const message = /triggers are off .* ENABLE TRIGGER ALL, for api_key, workspace/;
		await expect(prepare(url)).rejects.toThrow(message);
		expect(await inspectDatabase(url, [])).toMatch(message);
		await admin.query("ALTER TABLE api_key ENABLE TRIGGER ALL; ALTER TABLE workspace ENABLE TRIGGER ALL");
		await prepare(url);
		expect(await inspectDatabase(url, [])).toMatchObject({ differing: [] });
	});

	it("because one is missing, as after an incomplete restore", async () => {
		const url = await createTestDatabase();
		await (await psql(url)).query("DROP TRIGGER epoch_is_renewed_when_a_key_is_revoked ON api_key");
		await expect(prepare(url)).rejects.toThrow(
			/lacks triggers .*\(1, such as epoch_is_renewed_when_a_key_is_revoked\)/,
		);
	});
});

describe("DATABASE_URL", () => {
	it.for([
		[
			"sslmode=verify-full&sslrootcert=/not/there.pem",
			/a file that sslrootcert, sslcert or sslkey names cannot be read \(ENOENT\)/,
		],
		["options=-c%20nothing.like=it%20-c%20work_memory=1", /does not know what its \?options name/],
	] as const)("with ?%s is refused at once, in one line", async ([query, message]) => {
		const url = `${await createTestDatabase()}?${query}`;
		const refused: unknown = await prepareDatabase(url).catch((reason: unknown) => reason);
		expect(refused).toMatchObject({ code: "unusable", message: expect.stringMatching(message) as string });
		expect((refused as Error).message).not.toContain("\n");
	});
});

describe("a start", () => {
	it("into a database that takes no changes is refused, and does not wait for it", async () => {
		const url = await databaseWith("default_transaction_read_only = on");
		const admin = await psql(url);
		await admin.query("SET default_transaction_read_only = off");
		await admin.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
		await expect(prepareDatabase(url)).rejects.toThrow(/takes no changes from this user/);
	});

	it("migrates whatever the user's own timeouts are", async () => {
		const url = await databaseWith("statement_timeout = 100");
		await prepareDatabase(url, { waitMs: 0, migrations: [...migrations, "SELECT pg_sleep(0.2)"] });
	});

	it("waits for another server that migrates, and says so", async () => {
		const url = await createTestDatabase();
		const other = await psql(url);
		await other.query(`SELECT pg_advisory_lock(${MIGRATING})`);
		const said: PromiseWithResolvers<string> = Promise.withResolvers();
		const prepared = prepareDatabase(url, { waitMs: 0, say: said.resolve });
		expect(await said.promise).toMatch(/^Waiting for another server that migrates the database/);
		await other.query(`SELECT pg_advisory_unlock(${MIGRATING})`);
		await prepared;
	});
});

it("hears PostgreSQL's warnings, also if its user does not want any", async () => {
	const session = await openSession({ url: await databaseWith("client_min_messages = error"), name: "test" });
	onTestFinished(() => session.close());
	await session.script("DO $$ BEGIN RAISE NOTICE 'of no importance'; RAISE WARNING 'not on the standby'; END $$");
	expect(session.warnings).toBe(1);
});

it("PostgreSQL soon ends the sessions of a machine that is gone, and no error of its has rows or parameters", async () => {
	const url = await databaseWith("idle_session_timeout = 500");
	const session = await openSession({ url, name: "test" });
	onTestFinished(() => session.close());
	const shown = await session.run(
		`SELECT current_setting('tcp_keepalives_idle') AS idle, current_setting('tcp_user_timeout') AS unanswered,
			current_setting('idle_session_timeout') AS waiting`,
	);
	expect(shown.rows).toEqual([{ idle: "10", unanswered: "30000", waiting: "0" }]);
	const secret = "rin@example.com";
	const failed: unknown = await session
		.run(`INSERT INTO "user" (id, name, email, "createdAt", "updatedAt") VALUES ('1', 'Rin', $1, '', '')`, [secret])
		.catch((error: unknown) => error);
	expect(failed).toBeInstanceOf(pg.DatabaseError);
	expect(JSON.stringify(Object.entries(failed as object))).not.toContain(secret);
});
