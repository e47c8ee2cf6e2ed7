import { describe, it } from "vitest";

import { systemClock } from "../../server/clock.ts";
import { checkServer } from "../../server/storage/postgres/check-server.ts";
import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { openSession, type Session } from "../../server/storage/postgres/session.ts";
import { faultIn } from "../../server/storage/postgres/start-faults.ts";
import { openPostgres } from "../../server/storage/postgres/storage.ts";
import { runCommand } from "../server/run-command.ts";
import { stores } from "../server/storage/stores.ts";
import { tempDir } from "../server/temp-dir.ts";
import { databaseOf, ownCluster, serverEnv, startProxy } from "./fault-fixture.ts";
import { startPooler } from "./pooler.ts";

const PASSWORD = "never-to-be-printed";

const postgres = ownCluster();

/** The one line of a start that fails. */
async function refusal(url: string): Promise<string> {
	const error: unknown = await prepareDatabase(url, { waitMs: 0 }).catch((reason: unknown) => reason);
	if (!(error instanceof Error)) throw new Error("It started.");
	const { code, message } = error as Error & { code?: string };
	if (code !== "unusable" || message.includes("\n") || message.includes(PASSWORD)) throw error;
	return message;
}

/** The URL of a database with a user of its own, and another way in. */
async function walled(method: string, kind = "host"): Promise<URL> {
	const url = new URL(await postgres.createDatabase());
	const name = databaseOf(url.href);
	await postgres.cluster.sql(name, `CREATE ROLE ${name} LOGIN PASSWORD '${PASSWORD}'`);
	await postgres.cluster.authenticate([
		`${kind} ${name} ${name} 127.0.0.1/32 ${method}`,
		`host ${name} ${name} all reject`,
	]);
	url.username = name;
	url.password = PASSWORD;
	return url;
}

describe("a start ends with one line", () => {
	it("and code 1, without the password that is wrong", async ({ expect }) => {
		const url = await walled("scram-sha-256");
		url.password = `${PASSWORD}-2`;
		const { code, stdout, stderr } = await runCommand("start", [], {
			...serverEnv(url.href),
			DATA_DIR: await tempDir(),
		});
		expect(code).toBe(1);
		expect(stdout).toBe("");
		expect(stderr).toBe("Cannot use the database of DATABASE_URL: the user or the password is wrong.\n");
	});

	it("if there is no password, but one is wanted", async ({ expect }) => {
		const url = await walled("scram-sha-256");
		url.password = "";
		expect(await refusal(url.href)).toMatch(/wants a password\.$/);
	});

	it("if TLS is wanted, or not to be had", async ({ expect }) => {
		expect(await refusal((await walled("trust", "hostssl")).href)).toMatch(/wants TLS: add \?sslmode=verify-full/);
		const url = await postgres.createDatabase();
		expect(await refusal(`${url}?sslmode=verify-full`)).toMatch(/it has no TLS: leave out sslmode/);
	});

	it("at once, if a file for TLS is not there", async ({ expect }) => {
		const url = await postgres.createDatabase();
		const prepared = prepareDatabase(`${url}?sslmode=verify-full&sslrootcert=/not/there.pem`, { waitMs: 600_000 });
		await expect(prepared).rejects.toThrow(/a file that sslrootcert, .* cannot be read \(ENOENT\)/);
	});

	it.for([
		["28000", "", "PostgreSQL does not let this user in: .*no line in pg_hba.conf"],
		["ERR_TLS_CERT_ALTNAME_INVALID", "", "its certificate is for another host name"],
		["CERT_HAS_EXPIRED", "certificate has expired", "its certificate has expired"],
		["SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain", "no authority .* sslrootcert"],
	])("if TLS is not the reason, or not as it should be: %s", ([code, message, fault = ""], { expect }) => {
		const error = Object.assign(new Error(message), { code });
		expect(faultIn(error, "postgres://db/auxvyn?sslmode=verify-full")).toMatch(new RegExp(fault));
	});

	it("if its user lacks rights on the tables", async ({ expect }) => {
		const url = await walled("trust");
		const name = databaseOf(url.href);
		await postgres.cluster.sql(name, `GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO ${name}`);
		expect(await refusal(url.href)).toMatch(/lacks rights, such as DELETE on account: GRANT them/);
	});

	it("if the database is missing", async ({ expect }) => {
		expect(await refusal(postgres.cluster.url("nowhere"))).toMatch(/there is no such database: create it/);
	});

	it("if the tables are another program's", async ({ expect }) => {
		const url = await postgres.cluster.createDatabase();
		await postgres.cluster.sql(databaseOf(url), "CREATE TABLE wiki (page text)");
		expect(await refusal(url)).toMatch(/another program's tables: create an empty database/);
	});

	it("if PostgreSQL is too old", async ({ expect, onTestFinished }) => {
		const session = await openSession({ url: await postgres.createDatabase(), name: "test" });
		onTestFinished(() => session.close());
		const old: Session = {
			...session,
			run: async (sql, parameters) => {
				const result = await session.run<never>(sql, parameters);
				const rows = result.rows.map((row: object) => ({ ...row, version: 130_014, versionText: "13.14" }));
				return { ...result, rows } as never;
			},
		};
		await expect(checkServer(session)).resolves.toBeUndefined();
		await expect(checkServer(old)).rejects.toThrow("it is PostgreSQL 13.14, and 14 or newer is needed");
	});

	it("if a pooler in transaction mode is between", async ({ expect, onTestFinished }) => {
		const pooler = await startPooler(postgres.cluster.port);
		onTestFinished(() => pooler.close());
		const url = new URL(await postgres.createDatabase());
		url.port = String(pooler.port);
		expect(await refusal(url.href)).toMatch(/a pooler in transaction mode is before it/);
	});

	it("if PostgreSQL does not give it all of its connections", async ({ expect }) => {
		const url = await walled("trust");
		const name = databaseOf(url.href);
		await postgres.cluster.sql(name, `ALTER ROLE ${name} CONNECTION LIMIT 4`);
		await postgres.cluster.sql(
			name,
			`GRANT ALL ON SCHEMA public TO ${name}; GRANT ALL ON ALL TABLES IN SCHEMA public TO ${name}`,
		);
		const opened = openPostgres({ url: url.href, clock: systemClock, stores, waitMs: 1_000 });
		await expect(opened).rejects.toMatchObject({
			code: "unusable",
			message: expect.stringMatching(/each server needs \d connections.*53300/) as string,
		});
	});
});

describe("a start waits for PostgreSQL, and says so", () => {
	it.for(["refuses connections", "accepts connections and hangs"])("that %s", async (fault, context) => {
		const { expect } = context;
		const proxy = await startProxy(context, postgres.cluster.port);
		const url = proxy.through(await postgres.createDatabase());
		if (fault === "refuses connections") proxy.refuse();
		else proxy.hangs = true;
		expect(await refusal(url)).toMatch(/it does not answer \(.+\)\.$/);
		const said: string[] = [];
		const told: PromiseWithResolvers<void> = Promise.withResolvers();
		const prepared = prepareDatabase(url, {
			waitMs: 30_000,
			say(line) {
				said.push(line);
				told.resolve();
			},
		});
		await told.promise;
		await proxy.restore();
		await prepared;
		expect(said).toEqual([expect.stringMatching(/^Waiting up to 30 s for PostgreSQL \(.+\) …$/)]);
	});
});
