import { once } from "node:events";
import fs from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import type Database from "better-sqlite3";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { describe, expect, it, onTestFinished } from "vitest";

import { lookHere } from "../../../server/doctor/index.ts";
import { migrations } from "../../../server/storage/sqlite/migrations/index.ts";
import { openDatabase } from "../../../server/storage/sqlite/open-database.ts";
import { createAuthority } from "../certificates.ts";
import { freePort } from "../free-port.ts";
import { runCommand } from "../run-command.ts";
import { startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";

/** What is found by these settings about one thing, as `state: text`. */
async function found(about: string, env: Record<string, string>): Promise<string[]> {
	const findings = await lookHere({ PORT: String(await freePort()), ...env });
	return findings.filter((finding) => finding.about === about).map(({ state, text }) => `${state}: ${text}`);
}

/** A folder with a database as the server makes it, changed by `damage`. */
async function database(damage?: (db: Database.Database) => void): Promise<{ DATA_DIR: string; path: string }> {
	const DATA_DIR = await tempDir();
	const path = join(DATA_DIR, "auxvyn.db");
	const db = openDatabase(path);
	damage?.(db);
	db.close();
	return { DATA_DIR, path };
}

/** Lets every file system be of this kind, until the test ends. */
function reportFileSystem(type: number): void {
	const ask = fs.statfsSync;
	const report = (change: typeof ask): void => {
		fs.statfsSync = change;
		syncBuiltinESMExports();
	};
	onTestFinished(() => report(ask));
	report(((path: string) => Object.assign(ask(path), { type })) as typeof ask);
}

describe("npm run doctor on the server's own computer", () => {
	it("finds no problem in a server that runs, exits with 0, and prints no secret", async () => {
		const secrets = {
			AUXVYN_SECRET: "signs-the-sessions-0123456789abcdef",
			AUXVYN_SETUP_TOKEN: "creates-the-first-account-0123456789",
			METRICS_TOKEN: "reads-the-metrics-0123",
			INTROSPECTION_CLIENT_ID: "operator",
			INTROSPECTION_CLIENT_SECRET: "introspects-all-keys-0123",
		};
		const env = { DATA_DIR: await tempDir(), ...secrets };
		const server = await startServer(env);
		onTestFinished(() => server.stop().then(() => undefined));
		const { code, stdout, stderr } = await runCommand("doctor", [], { ...env, PORT: String(server.port) });
		expect(stdout).toMatch(/^ok {10}settings {3}They are valid, and the server listens on 127\.0\.0\.1:\d+\.$/m);
		expect(stdout).toMatch(/^ok {10}database {3}.* is sound\.$/m);
		expect(stdout).toMatch(/^cannot see {2}backups {4}The server schedules none: set BACKUP_EVERY with SQLite/m);
		expect(stdout).toMatch(/No problem found\.\n$/);
		expect([code, stderr]).toEqual([0, ""]);
		for (const secret of Object.values(secrets)) expect(stdout).not.toContain(secret);
	});

	it("says that more processes than CPUs gain nothing", async () => {
		expect(await found("settings", { DATA_DIR: await tempDir(), WEB_CONCURRENCY: "64" })).toContainEqual(
			expect.stringMatching(
				/^problem: WEB_CONCURRENCY is 64, more than this machine's CPUs: set it to \d+ or fewer\.$/,
			),
		);
	});

	it("says in one line what is wrong with a setting, without the setting, and exits with 1", async () => {
		const { code, stdout } = await runCommand("doctor", [], { AUXVYN_SECRET: "too-short-secret" });
		expect(stdout).toMatch(/^problem {5}settings {3}AUXVYN_SECRET must have at least 32 characters/m);
		expect(stdout).toMatch(/1 problem\.\n$/);
		expect(stdout).not.toContain("too-short-secret");
		expect(code).toBe(1);
	});

	it("names a misspelt setting", async () => {
		expect(await found("settings", { ...(await database()), BACKUP_EVRY: "6h" })).toContain(
			"problem: BACKUP_EVRY is not a setting, and has no effect: did you mean BACKUP_EVERY?",
		);
	});

	it("says how to call it when the address is wrong", async () => {
		for (const args of [["keys.example.com"], ["ftp://keys.example.com"], ["https://a.example", "more"]]) {
			const { code, stderr } = await runCommand("doctor", args, {});
			expect([code, stderr.trimEnd().split("\n").length]).toEqual([1, 1]);
			expect(stderr).toContain("npm run doctor -- https://keys.example.com");
		}
	});

	it("names a server that does not run, and another program on its port", async () => {
		const { DATA_DIR } = await database();
		expect(await found("settings", { DATA_DIR })).toEqual([
			expect.stringMatching(/^problem: They are valid, but nothing listens on 127\.0\.0\.1:\d+: start the server/),
		]);
		const other = createServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
		onTestFinished(() => void other.close());
		await once(other, "listening");
		const { port } = other.address() as AddressInfo;
		expect(
			await found("settings", {
				DATA_DIR,
				PORT: String(port),
				HOST: "0.0.0.0",
				PUBLIC_URL: `http://localhost:${port}`,
			}),
		).toEqual([`problem: Another program answers on 127.0.0.1:${port} (HTTP 200): stop it, or set another PORT.`]);
	});

	it("names a disk below its floor", async () => {
		const { DATA_DIR } = await database();
		expect(await found("disk", { DATA_DIR })).toEqual([expect.stringMatching(/^ok: [\d.]+ GB are free/)]);
		expect(await found("disk", { DATA_DIR, DISK_FLOOR_MB: "1000000" })).toEqual([
			expect.stringMatching(/^problem: Only [\d.]+ GB are free .* less than DISK_FLOOR_MB/),
		]);
	});

	it.runIf(process.platform === "linux")("names a database that is on a network's disk", async () => {
		const { DATA_DIR } = await database();
		reportFileSystem(0x6969);
		expect(await found("disk", { DATA_DIR })).toEqual([
			`problem: ${DATA_DIR} is on NFS, which cannot hold a database: set DATA_DIR to a folder on a local disk.`,
		]);
	});

	it("names a PUBLIC_URL that was changed after the server was started with another", async () => {
		const server = await startServer({ DATA_DIR: await tempDir() });
		onTestFinished(() => server.stop().then(() => undefined));
		const PUBLIC_URL = `http://127.0.0.1:${server.port}`;
		const env = { PORT: String(server.port), PUBLIC_URL };
		const line = `problem: The running server's own address is ${server.url}, but PUBLIC_URL is ${PUBLIC_URL} now: restart the server.`;
		expect(await found("dashboard", env)).toEqual([line]);
		expect(await found("plugin", env)).toEqual([line]);
	});

	it("names a folder that is not there yet", async () => {
		const DATA_DIR = join(await tempDir(), "later");
		for (const about of ["disk", "database"]) {
			expect(await found(about, { DATA_DIR })).toEqual([expect.stringMatching(/^cannot see: There is no .*later yet/)]);
		}
	});

	it.each<[what: string, damage: (db: Database.Database) => void, text: string]>([
		[
			"from a newer version",
			(db) => db.pragma(`user_version = ${migrations.length + 1}`),
			"was written by a newer Auxvyn: update this one",
		],
		["of another program", (db) => db.pragma("application_id = 7"), "is another program's: point DATA_DIR elsewhere"],
		[
			"that is damaged",
			(db) => {
				// As a disk does it: an index that lacks what its table has.
				db.unsafeMode();
				db.pragma("writable_schema = ON");
				db.exec(
					"UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'clock') WHERE name = 'account'",
				);
			},
			"is damaged: restore it from a backup",
		],
	])("names a database %s", async (_what, damage, text) => {
		const { DATA_DIR, path } = await database(damage);
		expect(await found("database", { DATA_DIR })).toEqual([`problem: ${path} ${text}.`]);
	});

	it("names a file that is no database", async () => {
		const DATA_DIR = await tempDir();
		await writeFile(join(DATA_DIR, "auxvyn.db"), "no database".repeat(100));
		expect(await found("database", { DATA_DIR })).toEqual([
			expect.stringMatching(/^problem: .* is not a SQLite database/),
		]);
	});

	it("names a clock that the server does not believe", async () => {
		const { DATA_DIR } = await database((db) => {
			db.exec(`UPDATE clock SET latest = ${Date.now() - 40 * 86_400_000}`);
		});
		const server = await startServer({ DATA_DIR });
		onTestFinished(() => server.stop().then(() => undefined));
		expect(await found("clock", { DATA_DIR, PORT: String(server.port) })).toEqual([
			expect.stringMatching(/^problem: The server's clock is 960 h ahead of the time it goes by: correct the clock/),
		]);
	});
});

describe("mail, as npm run doctor tries it", () => {
	const password = "mail-password-0123";
	const wrong = "another-password-0123";

	/** A real mail server that takes one password. */
	async function mailServer(options: SMTPServerOptions): Promise<number> {
		const server = new SMTPServer({
			onAuth: (auth, _session, done) => {
				if (auth.password === password) done(null, { user: auth.username });
				else done(new Error(`${String(auth.password)} is wrong`));
			},
			...options,
		});
		server.listen(0, "127.0.0.1");
		await once(server.server, "listening");
		onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
		return (server.server.address() as AddressInfo).port;
	}

	const MAIL_FROM = "keys@example.com";
	const mailFound = (url: string) => found("mail", { SMTP_URL: url, MAIL_FROM });

	it("names a wrong password, and prints none", async () => {
		const authority = await createAuthority();
		onTestFinished(authority.close);
		const port = await mailServer({ secure: true, ...(await authority.issue("localhost")) });
		const run = async (given: string) => {
			const SMTP_URL = `smtps://user:${given}@localhost:${port}`;
			const { stdout, stderr } = await runCommand("doctor", [], { SMTP_URL, MAIL_FROM, ...authority.env });
			expect(stdout + stderr).not.toContain(given);
			return stdout;
		};
		expect(await run(password)).toMatch(/^ok {10}mail {7}The mail server accepts the connection and the password\./m);
		expect(await run(wrong)).toMatch(/^problem {5}mail {7}The mail server refuses the user and password in SMTP_URL/m);
	});

	it("names a mail server that is not there, and one without the TLS that a password needs", async () => {
		const silent = await freePort();
		expect(await mailFound(`smtp://user:${password}@127.0.0.1:${silent}`)).toEqual([
			expect.stringMatching(/^problem: The mail server does not answer/),
		]);
		const port = await mailServer({ disabledCommands: ["STARTTLS"], authOptional: true });
		expect(await mailFound(`smtp://127.0.0.1:${port}`)).toEqual([
			expect.stringMatching(/^ok: The mail server accepts the connection\. /),
		]);
		expect(await mailFound(`smtp://user:${password}@127.0.0.1:${port}`)).toEqual([
			expect.stringMatching(/^problem: The mail server offers no TLS/),
		]);
	});

	it("names SIGN_UP=open without mail", async () => {
		expect(await found("mail", { SIGN_UP: "open" })).toEqual([
			expect.stringMatching(/^problem: With SIGN_UP=open and no mail/),
		]);
		expect(await found("mail", {})).toEqual([expect.stringMatching(/^ok: Not set up/)]);
	});
});
