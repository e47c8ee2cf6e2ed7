import pg from "pg";
import { describe, it } from "vitest";

import { migrations } from "../../server/storage/postgres/migrations/index.ts";
import { addRow, listRows, runSql } from "../server/storage/probes.store.ts";
import {
	answersUntilRefused,
	databaseOf,
	type Finish,
	openStorageAt,
	ownCluster,
	startApp,
	startProxy,
} from "./fault-fixture.ts";

const postgres = ownCluster();

/** A person at psql, in the midst of a transaction. */
async function psql({ onTestFinished }: Finish, url: string, text: string): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: url });
	client.on("error", () => undefined);
	await client.connect();
	onTestFinished(() => client.end());
	await client.query(text);
	return client;
}

describe.concurrent("while psql holds a lock", () => {
	it.for([
		["on what writes take turns by", "BEGIN; LOCK TABLE turn IN EXCLUSIVE MODE"],
		["on the keys' rows", "BEGIN; SELECT 1 FROM api_key FOR UPDATE"],
		["on all that is known of sessions", "BEGIN; LOCK TABLE session"],
	])("%s, games go on, and changes get 503 until it is free", async ([, lock = ""], context) => {
		const { expect } = context;
		const url = await postgres.createDatabase();
		const server = await startApp(context, url);
		const rin = await server.signUp();
		const [cached, uncached] = [await rin.createKey("Cached"), await rin.createKey("Uncached")];
		await server.whoami(cached.secret);
		const other = await psql(context, url, lock);
		const revocation = `/api/workspaces/${rin.workspaceId}/keys/${cached.key.id}`;
		const refused = rin.request("DELETE", revocation);
		for (const { secret } of [cached, uncached]) expect((await server.whoami(secret)).status).toBe(200);
		const answer = await refused;
		expect(answer.status).toBe(503);
		expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
		expect((await server.whoami(cached.secret)).status).toBe(200);
		await other.query("ROLLBACK");
		expect((await rin.request("DELETE", revocation)).status).toBe(204);
		expect((await server.whoami(cached.secret)).status).toBe(401);
	});
});

describe.concurrent("a server", () => {
	it("whose user has no connections left answers games, and no changes until there are some", async (context) => {
		const { expect } = context;
		const { cluster } = postgres;
		const url = new URL(await postgres.createDatabase());
		const name = databaseOf(url.href);
		await cluster.sql(
			name,
			`CREATE ROLE ${name} LOGIN; GRANT ALL ON SCHEMA public TO ${name}; GRANT ALL ON ALL TABLES IN SCHEMA public TO ${name}`,
		);
		url.username = name;
		const server = await startApp(context, url.href);
		const rin = await server.signUp();
		const { secret } = await rin.createKey("Game");
		await cluster.sql(name, `ALTER ROLE ${name} CONNECTION LIMIT 1`);
		await cluster.sql(
			name,
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND application_name = 'auxvyn writes'`,
		);
		const keys = `/api/workspaces/${rin.workspaceId}/keys`;
		expect((await server.whoami(secret)).status).toBe(200);
		const answer = await rin.request("POST", keys, { label: "Never" });
		expect(answer.status).toBe(503);
		expect(answer.headers.get("retry-after")).not.toBeNull();
		expect((await server.whoami(secret)).status).toBe(200);
		await cluster.sql(name, `ALTER ROLE ${name} CONNECTION LIMIT -1`);
		await expect.poll(async () => (await rin.request("POST", keys, { label: "Again" })).status).toBe(201);
	});

	it("that is cut off accepts no key that another one has revoked", async (context) => {
		const { expect } = context;
		const proxy = await startProxy(context, postgres.cluster.port);
		const url = await postgres.createDatabase();
		const here = await startApp(context, url);
		const cutOff = await startApp(context, proxy.through(url));
		const rin = await here.signUp();
		const { key, secret } = await rin.createKey("Game");
		expect((await cutOff.whoami(secret)).status).toBe(200);
		proxy.hangs = true;
		proxy.freeze();
		expect((await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`)).status).toBe(204);
		const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await cutOff.whoami(secret)).status));
		expect(new Set(statuses)).toEqual(new Set([503]));
		await proxy.restore();
		const answers = await answersUntilRefused(cutOff, secret);
		expect(answers.at(-1)).toBe(401);
		expect(answers).not.toContain(200);
	});

	it("that is cut off in the midst of a transaction keeps others from writing for seconds only", async (context) => {
		const { expect } = context;
		const proxy = await startProxy(context, postgres.cluster.port);
		const url = await postgres.createDatabase();
		const here = await openStorageAt(context, url);
		const cutOff = await openStorageAt(context, proxy.through(url));
		const inTransaction = proxy.freezeAt("finish_write");
		const lost = cutOff.write(addRow, { id: "ws_lost" }).catch((error: unknown) => error);
		await inTransaction;
		await expect(here.write(addRow, { id: "ws_1" })).rejects.toMatchObject({ code: "busy" });
		await expect
			.poll(() =>
				here.write(addRow, { id: "ws_2" }).then(
					() => "written",
					() => "busy",
				),
			)
			.toBe("written");
		await lost;
		expect(await here.scan(listRows, undefined)).not.toContain("ws_1");
	});

	it("whose write conflicts with one of psql's runs it again", async (context) => {
		const { expect } = context;
		const url = await postgres.createDatabase();
		const storage = await openStorageAt(context, url);
		await storage.write(addRow, { id: "ws_1" });
		const other = await psql(context, url, "BEGIN; UPDATE workspace SET name = 'One'");
		const written = storage.write(runSql, { text: "UPDATE workspace SET name = name || '+'" });
		const waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
		await expect.poll(async () => (await other.query(waiting)).rowCount).toBe(1);
		await other.query("COMMIT");
		await written;
		expect((await other.query("SELECT name FROM workspace")).rows).toEqual([{ name: "One+" }]);
	});

	it("that counts makes no other one's write run again", async (context) => {
		const { expect } = context;
		const url = await postgres.createDatabase();
		const [writing, counting] = [await openStorageAt(context, url), await openStorageAt(context, url)];
		await writing.write(addRow, { id: "ws_first" });
		const other = await psql(context, url, "CREATE SEQUENCE runs; SELECT pg_advisory_lock(1)");
		const text = `INSERT INTO workspace (id, name, created_at)
			SELECT 'ws_' || nextval('runs'), '', 0 FROM (SELECT pg_advisory_xact_lock(1)) AS held`;
		const written = writing.write(runSql, { text });
		await expect
			.poll(
				async () => (await other.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")).rowCount,
			)
			.toBe(1);
		await counting.write(addRow, { id: "ws_counted" }, { additive: true });
		await other.query("SELECT pg_advisory_unlock(1)");
		await written;
		expect((await other.query("SELECT last_value::int FROM runs")).rows).toEqual([{ last_value: 1 }]);
	});

	it("that counts waits for others that do, rather than in a circle with them", async (context) => {
		const { expect } = context;
		const url = await postgres.createDatabase();
		const [one, other] = [await openStorageAt(context, url), await openStorageAt(context, url)];
		for (const id of ["ws_1", "ws_2"]) await one.write(addRow, { id });
		const admin = await psql(context, url, "CREATE SEQUENCE runs");
		const adding = (first: string, second: string) => `DO $$ BEGIN
			PERFORM nextval('runs');
			UPDATE workspace SET name = name || '+' WHERE id = '${first}';
			PERFORM pg_sleep(0.2);
			UPDATE workspace SET name = name || '+' WHERE id = '${second}';
		END $$`;
		await Promise.all([
			one.write(runSql, { text: adding("ws_1", "ws_2") }, { additive: true }),
			other.write(runSql, { text: adding("ws_2", "ws_1") }, { additive: true }),
		]);
		const added = await admin.query(
			"SELECT (SELECT last_value::int FROM runs) AS runs, name FROM workspace ORDER BY id",
		);
		expect(added.rows).toEqual([
			{ runs: 2, name: "ws_1++" },
			{ runs: 2, name: "ws_2++" },
		]);
	});

	it("that hangs is not the one that sweeps for all, for long", { timeout: 60_000 }, async (context) => {
		const url = await postgres.createDatabase();
		const proxy = await startProxy(context, postgres.cluster.port);
		const hanging = await openStorageAt(context, proxy.through(url));
		const other = await openStorageAt(context, url);
		context.expect(await hanging.isLeader()).toBe(true);
		context.expect(await other.isLeader()).toBe(false);
		// PostgreSQL is not told, as by a machine that lost its power.
		proxy.freeze();
		proxy.hangs = true;
		await context.expect.poll(() => other.isLeader(), { timeout: 50_000 }).toBe(true);
	});

	it("that meets a newer schema answers 503, and says why", async (context) => {
		const { expect } = context;
		const url = await postgres.createDatabase();
		const server = await startApp(context, url);
		const rin = await server.signUp();
		const { secret } = await rin.createKey("Game");
		await server.whoami(secret);
		await postgres.cluster.sql(databaseOf(url), `UPDATE schema_version SET version = ${migrations.length + 1}`);
		const refused = await server.whoami(secret);
		expect(refused.status).toBe(503);
		expect(await refused.json()).toMatchObject({ code: "server_outdated" });
		const readiness = await server.get("/readyz");
		expect(readiness.status).toBe(503);
		expect(await readiness.json()).toMatchObject({ detail: expect.stringMatching(/must be updated/) as string });
		const change = await rin.request("POST", `/api/workspaces/${rin.workspaceId}/keys`, { label: "Never" });
		expect(await change.json()).toMatchObject({ code: "server_outdated" });
		for (const path of ["/api/start", "/api/workspaces", `/api/workspaces/${rin.workspaceId}/keys`]) {
			const page = await rin.request("GET", path);
			expect([page.status, await page.json()]).toMatchObject([503, { code: "server_outdated" }]);
		}
		expect(server.logs.join("")).toMatch(/written by a newer Auxvyn/);
	});
});
