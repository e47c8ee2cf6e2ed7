import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import Database from "better-sqlite3";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { moveDatabase } from "../../server/storage/move/move-database.ts";
import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { migrations } from "../../server/storage/sqlite/migrations/index.ts";
import { databasePath, openDatabase } from "../../server/storage/sqlite/open-database.ts";
import type { CreatedKey, DeviceAuthorization, KeyList, TokenResponse } from "../../shared/wire.ts";
import { bundledServer } from "../server/bundled-server.ts";
import { type RemotePerson, signUpAt } from "../server/person.ts";
import { runCommand } from "../server/run-command.ts";
import { type ServerProcess, startServer } from "../server/server-process.ts";
import { tempDir } from "../server/temp-dir.ts";
import { Cluster } from "./cluster.ts";
import { findPostgres } from "./find-postgres.ts";

/** Everything that COPY escapes, and what looks like its escapes. */
const ODD_NAME = `\b\t\n\v\f\r\\ \\N \\. \\x41 "quoted" 'too' \u{1F511} é e\u0301 \u0001`;
const PATIENT = { timeout: 90_000 };
const FLUSHED = { timeout: 20_000, interval: 100 };

let cluster: Cluster;
/** What a server on SQLite left, and what it answered. */
let original: { dataDir: string; port: number; rin: RemotePerson; jo: RemotePerson; keys: Keys; pages: unknown };

interface Keys {
	active: CreatedKey;
	revoked: CreatedKey;
	paired: string;
	deviceCode: string;
}

beforeAll(async () => {
	const dataDir = await mkdtemp(path.join(tmpdir(), "auxvyn-test-"));
	[cluster] = await Promise.all([findPostgres().then((found) => Cluster.start(found ?? "")), fillDatabase(dataDir)]);
});

afterAll(async () => {
	await Promise.all([cluster.stop(), rm(original.dataDir, { recursive: true })]);
});

async function fillDatabase(dataDir: string): Promise<void> {
	const server = await startServer({ DATA_DIR: dataDir, RATE_LIMIT_SCALE: "0", LOG_LEVEL: "error" });
	try {
		const [rin, jo] = await Promise.all([signUpAt(server.url, "Rin"), signUpAt(server.url, "Jo")]);
		const keys = await makeKeys(server, rin);
		const workspace = `/api/workspaces/${rin.workspaceId}`;
		const invited = await rin.request("POST", `${workspace}/invitations`, { role: "admin" });
		const token = new URL(((await invited.json()) as { link: string }).link).hash.slice(1);
		expect((await jo.request("POST", "/api/invitations/accept", { token })).status).toBe(200);
		await rin.request("POST", `${workspace}/backends`, { name: "Scores" });
		await rin.request("POST", `${workspace}/invitations`, { role: "member" });
		const db = new Database(databasePath(dataDir), { timeout: 5_000 });
		db.prepare("UPDATE workspace SET name = ? WHERE id = ?").run(ODD_NAME, jo.workspaceId);
		db.exec("DELETE FROM activity WHERE id = (SELECT max(id) FROM activity)");
		db.close();
		// All uses are flushed.
		await vi.waitFor(async () => {
			const listed = async (state: string) =>
				((await read(await rin.request("GET", `${workspace}/keys?state=${state}`))) as KeyList).keys;
			expect((await listed("active")).map(({ requests24h }) => requests24h).sort()).toEqual([1, 2]);
			expect((await listed("revoked")).map(({ lastRefusedAt }) => lastRefusedAt)).toEqual([expect.any(String)]);
		}, FLUSHED);
		original = { dataDir, port: server.port, rin, jo, keys, pages: await pagesOf(rin, jo) };
		await server.stop();
	} finally {
		await server.kill();
	}
}

async function makeKeys(server: ServerProcess, rin: RemotePerson): Promise<Keys> {
	const [active, revoked] = [await rin.createKey("Production"), await rin.createKey("Leaked")];
	for (const { secret } of [active, active, revoked]) expect(await statusOf(server.url, secret)).toBe(200);
	await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${revoked.key.id}`);
	expect(await statusOf(server.url, revoked.secret)).toBe(401);
	const first = await startPairing(server.url);
	await rin.approve(first.user_code);
	const { access_token } = (await (await poll(server.url, first.device_code)).json()) as TokenResponse;
	expect(await statusOf(server.url, access_token)).toBe(200);
	const second = await startPairing(server.url);
	await rin.approve(second.user_code);
	return { active, revoked, paired: access_token, deviceCode: second.device_code };
}

async function statusOf(url: string, key: string): Promise<number> {
	return (await fetch(`${url}/v1/whoami`, { headers: { "x-api-key": key } })).status;
}

async function startPairing(url: string): Promise<DeviceAuthorization> {
	const body = new URLSearchParams({ client_id: "auxvyn-studio" });
	return (await (
		await fetch(`${url}/oauth/device_authorization`, { method: "POST", body })
	).json()) as DeviceAuthorization;
}

function poll(url: string, deviceCode: string): Promise<Response> {
	const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
	const body = new URLSearchParams({ client_id: "auxvyn-studio", grant_type, device_code: deviceCode });
	return fetch(`${url}/oauth/token`, { method: "POST", body });
}

/** What the dashboard shows, by address. */
async function pagesOf(rin: RemotePerson, jo: RemotePerson): Promise<Record<string, unknown>> {
	const workspace = `/api/workspaces/${rin.workspaceId}`;
	const lists = ["keys?state=active", "keys?state=revoked", "people", "backends", "activity", "checklist"];
	const pages: Record<string, unknown> = {};
	for (const page of [
		"/api/workspaces",
		"/api/account/sessions",
		"/api/account/activity",
		...lists.map((list) => `${workspace}/${list}`),
	]) {
		for (const person of [rin, jo]) {
			const answer = await person.request("GET", page);
			expect(answer.status, page).toBe(200);
			pages[`${person.email} ${page}`] = await read(answer);
		}
	}
	return pages;
}

/** Without what is of the moment. */
async function read(answer: Response): Promise<unknown> {
	return JSON.parse(await answer.text(), (name, value: unknown) =>
		["lastSeenAt", "hourly"].includes(name) ? undefined : value,
	) as unknown;
}

/** A copy of what the server left. */
async function copyOfOriginal(): Promise<string> {
	const dataDir = await tempDir();
	await cp(original.dataDir, dataDir, { recursive: true });
	return dataDir;
}

/** As the command does it, without its process. */
function move(dataDir: string, url: string) {
	return moveDatabase({ database: databasePath(dataDir), url });
}

function nameOf(url: string): string {
	return new URL(url).pathname.slice(1);
}

async function tablesOf(url: string): Promise<string[]> {
	const rows = await cluster.sql<{ name: string }>(
		nameOf(url),
		"SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
	);
	return rows.map(({ name }) => name);
}

/** The digests of the files in a folder, without SQLite's empty ones. */
async function filesOf(dataDir: string): Promise<Record<string, string>> {
	const digests: Record<string, string> = {};
	for (const name of await readdir(dataDir)) {
		const bytes = await readFile(path.join(dataDir, name));
		if (bytes.length > 0 && !name.endsWith("-shm")) digests[name] = createHash("sha256").update(bytes).digest("hex");
	}
	return digests;
}

function readSqlite(dataDir: string, sql: string): unknown {
	const db = new Database(databasePath(dataDir), { readonly: true });
	try {
		return db.prepare(sql).pluck().get();
	} finally {
		db.close();
	}
}

describe("npm run move-database", () => {
	it("takes everything along: sessions, keys, lists and a pairing under way", PATIENT, async () => {
		const dataDir = await copyOfOriginal();
		const before = await filesOf(dataDir);
		const url = await cluster.createDatabase();
		const { code, stdout, stderr } = await runCommand("move-database", ["--to", url], { DATA_DIR: dataDir });
		expect([code, stderr]).toEqual([0, ""]);
		const secret = (await readFile(path.join(dataDir, "secret"), "utf8")).trim();
		expect(stdout).toContain(`AUXVYN_SECRET: what is in ${path.join(dataDir, "secret")}`);
		expect(stdout).toMatch(/^Copied \d+ tables with \d+ rows from /);
		expect(stdout).not.toContain(secret);
		expect(await filesOf(dataDir)).toEqual(before);

		const { port, rin, jo, keys, pages } = original;
		const server = await startServer({
			DATABASE_URL: url,
			DATA_DIR: await tempDir(),
			AUXVYN_SECRET: secret,
			PORT: String(port),
			PUBLIC_URL: `http://localhost:${port}`,
			LOG_LEVEL: "error",
		});
		onTestFinished(() => server.kill());
		expect(await pagesOf(rin, jo)).toEqual(pages);
		expect(Object.values(pages as object)[1]).toMatchObject({
			workspaces: expect.arrayContaining([expect.objectContaining({ name: ODD_NAME })]) as unknown,
		});
		for (const key of [keys.active.secret, keys.paired]) expect(await statusOf(server.url, key)).toBe(200);
		expect(await statusOf(server.url, keys.revoked.secret)).toBe(401);
		const delivered = (await (await poll(server.url, keys.deviceCode)).json()) as TokenResponse;
		expect(await statusOf(server.url, delivered.access_token)).toBe(200);
		// What the database numbers and does by itself goes on.
		const made = await rin.createKey("After the move");
		expect((await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${made.key.id}`)).status).toBe(204);
		expect(await statusOf(server.url, made.secret)).toBe(401);
		const sequence = "SELECT seq FROM sqlite_sequence WHERE name = 'activity'";
		const last = Number(readSqlite(dataDir, sequence));
		const ids = await cluster.sql<{ id: string }>(
			nameOf(url),
			`SELECT id FROM activity WHERE id >= ${last} ORDER BY id`,
		);
		// A transaction that was run again leaves a gap.
		expect(Number(ids[0]?.id)).toBeGreaterThan(last);
	});

	it("gives the database an epoch of its own, and its triggers back", async () => {
		const url = await cluster.createDatabase();
		await move(original.dataDir, url);
		const [facts] = await cluster.sql(
			nameOf(url),
			`SELECT (SELECT encode(value, 'hex') FROM authentication_epoch) AS epoch, (SELECT count(*)::int FROM withdrawal) AS withdrawals,
				(SELECT count(*)::int FROM pg_trigger WHERE tgenabled <> 'O' AND NOT tgisinternal) AS disabled,
				(SELECT sum(active + revoked)::int FROM key_count) AS counted, (SELECT count(*)::int FROM api_key) AS keys`,
		);
		const epoch = String(readSqlite(original.dataDir, "SELECT lower(hex(value)) FROM authentication_epoch"));
		expect(facts).toEqual({
			epoch: expect.not.stringMatching(epoch) as string,
			withdrawals: 1,
			disabled: 0,
			counted: 3,
			keys: 3,
		});
	});

	it("leaves the target empty and the source as it was when it is killed before the commit", PATIENT, async () => {
		const dataDir = await copyOfOriginal();
		const before = await filesOf(dataDir);
		const url = await cluster.createDatabase();
		const release = await stopAtTheEnd(url);
		const child = spawn(process.execPath, [...bundledServer(), "server/move-database.js", "--to", url], {
			cwd: REPOSITORY,
			env: { PATH: process.env["PATH"] ?? "", DATA_DIR: dataDir },
			stdio: "ignore",
		});
		await expect.poll(() => connectionsTo(url)).toEqual([{ waits: "advisory" }]);
		child.kill("SIGKILL");
		await once(child, "exit");
		await release();
		await expect.poll(() => connectionsTo(url)).toEqual([]);
		expect(await tablesOf(url)).toEqual([]);
		expect(await filesOf(dataDir)).toEqual(before);
		await cluster.sql(nameOf(url), "DROP EVENT TRIGGER stop");
		await move(dataDir, url);
	});

	it("commits nothing if PostgreSQL has not stored what was sent", async () => {
		const url = await cluster.createDatabase();
		await cluster.sql(nameOf(url), ALTERS_NAMES);
		await expect(move(original.dataDir, url)).rejects.toThrow(
			"The copy of workspace is not the same as the original (2 rows of 2). Nothing was moved.",
		);
		expect(await tablesOf(url)).toEqual([]);
	});

	it("migrates an older version's database on a copy", async () => {
		const dataDir = await tempDir();
		const db = openDatabase(databasePath(dataDir), migrations.slice(0, 2));
		db.exec("INSERT INTO workspace (id, name, created_at) VALUES ('ws_1', 'Old', 1)");
		db.close();
		const before = await filesOf(dataDir);
		const url = await cluster.createDatabase();
		await move(dataDir, url);
		expect(await cluster.sql(nameOf(url), "SELECT name FROM workspace")).toEqual([{ name: "Old" }]);
		expect(await filesOf(dataDir)).toEqual(before);
	});
});

/** Holds the move up after everything was copied. Returns a function that lets it go on. */
async function stopAtTheEnd(url: string): Promise<() => Promise<void>> {
	await cluster.sql(
		nameOf(url),
		`CREATE FUNCTION stop() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
			IF current_query() LIKE '%ENABLE TRIGGER%' THEN PERFORM pg_advisory_xact_lock(1); END IF;
		END $$;
		CREATE EVENT TRIGGER stop ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION stop()`,
	);
	const holder = new pg.Client({ connectionString: url });
	await holder.connect();
	await holder.query("SELECT pg_advisory_lock(1)");
	return () => holder.end();
}

/** The move's connection to a database. */
function connectionsTo(url: string): Promise<{ waits: string | null }[]> {
	return cluster.sql(
		"postgres",
		`SELECT wait_event AS waits FROM pg_stat_activity WHERE datname = '${nameOf(url)}' AND application_name LIKE 'auxvyn%'`,
	);
}

function change(dataDir: string, sql: string): void {
	const db = new Database(databasePath(dataDir));
	db.exec(sql);
	db.close();
}

describe("a move", () => {
	it("is refused in one line where it would lose or mix something", PATIENT, async () => {
		const [own, other, empty] = await Promise.all([1, 2, 3].map(() => cluster.createDatabase()));
		const dataDir = await copyOfOriginal();
		await move(dataDir, own ?? "");
		await cluster.sql(nameOf(other ?? ""), "CREATE TABLE theirs (id int)");
		const cases: [url: string | undefined, line: RegExp][] = [
			[own, /^Cannot move to that database: it has Auxvyn's tables already/],
			[other, /^Cannot move to that database: it has tables: create an empty one/],
			[cluster.url("nowhere"), /^Cannot move to that database: there is no such database/],
			[
				"postgres://auxvyn@127.0.0.1:1/auxvyn",
				/^Cannot move to that database: it does not answer \(nothing listens there\)/,
			],
		];
		for (const [url = "", line] of cases) await expect(move(dataDir, url)).rejects.toThrow(line);
		const IN_THE_WAY = ["VIEW clock AS SELECT 1", "FUNCTION renew_epoch() RETURNS int LANGUAGE sql AS 'SELECT 1'"];
		for (const each of IN_THE_WAY) {
			const url = await cluster.createDatabase();
			await cluster.sql(nameOf(url), `CREATE ${each}`);
			await expect(move(dataDir, url)).rejects.toThrow(
				/^Cannot move to that database: it has something of another program/,
			);
			await expect(prepareDatabase(url)).rejects.toThrow(/it has something of another program .*: create an empty/);
		}
		change(dataDir, "CREATE TABLE _litestream_seq (id INTEGER)");
		await expect(move(dataDir, empty ?? "")).rejects.toThrow(
			/a table that is not Auxvyn's \(_litestream_seq\): .* Nothing was moved/,
		);
		change(dataDir, "DROP TABLE _litestream_seq; UPDATE workspace SET name = 'a' || char(0) || 'b'");
		await expect(move(dataDir, empty ?? "")).rejects.toThrow(
			/^PostgreSQL did not take the rows of workspace \(22021 .*\)\. Nothing was moved\.$/,
		);
		expect(await tablesOf(empty ?? "")).toEqual([]);
	});

	it("is refused while a server runs on the database, and takes the address from a variable", PATIENT, async () => {
		const dataDir = await copyOfOriginal();
		expect(
			await runCommand("move-database", ["--to", "mysql://localhost/auxvyn"], { DATA_DIR: dataDir }),
		).toMatchObject({
			code: 1,
			stdout: "",
			stderr: expect.stringMatching(/^The database to move to must be postgres:.*\n$/) as string,
		});
		const server = await startServer({ DATA_DIR: dataDir, LOG_LEVEL: "error" });
		onTestFinished(() => server.kill());
		const env = { DATA_DIR: dataDir, TARGET: await cluster.createDatabase() };
		const args = ["--to-env", "TARGET"];
		expect(await runCommand("move-database", args, env)).toMatchObject({
			code: 1,
			stderr: expect.stringMatching(
				/^A server is running on .*: stop the server first, then move it\. .*\n$/,
			) as string,
		});
		// What a killed server left in its log is moved, too.
		await server.kill();
		const { DATABASE_URL, ...settings } = {
			DATABASE_URL: env.TARGET,
			PUBLIC_URL: "http://localhost",
			AUXVYN_SECRET: "s".repeat(32),
		};
		expect(await runCommand("move-database", args, { ...env, ...settings, DATABASE_URL })).toMatchObject({
			code: 1,
			stderr: "DATABASE_URL is set: unset it until the database is moved, and give the new one by --to.\n",
		});
		expect(await runCommand("move-database", args, env)).toMatchObject({ code: 0, stderr: "" });
	});
});

/** A PostgreSQL that stores something else than it was sent: from when the move has turned triggers off. */
const ALTERS_NAMES = `
	CREATE FUNCTION alter_name() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		NEW.name := NEW.name || ' '; RETURN NEW;
	END $$;
	CREATE FUNCTION add_trigger() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
		IF current_query() LIKE '%"workspace" DISABLE TRIGGER%' THEN
			CREATE TRIGGER alters BEFORE INSERT ON workspace FOR EACH ROW EXECUTE FUNCTION alter_name();
		END IF;
	END $$;
	CREATE EVENT TRIGGER alters ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION add_trigger()`;
