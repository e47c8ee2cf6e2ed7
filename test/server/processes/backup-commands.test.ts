import { spawn } from "node:child_process";
import { once } from "node:events";
import {
	chownSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";

import { migrations } from "../../../server/storage/sqlite/migrations/index.ts";
import { databasePath, openDatabase } from "../../../server/storage/sqlite/open-database.ts";
import { bundledServer } from "../bundled-server.ts";
import { build } from "../helper.ts";
import { signUpAt } from "../person.ts";
import { runCommand } from "../run-command.ts";
import { startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";

const START = fileURLToPath(new URL("../../../server/start.js", import.meta.url));
const BACKUP = fileURLToPath(new URL("../../../server/backup.js", import.meta.url));
const HOUR_SECONDS = 3600;
/** Several processes, one after the other, on a machine that may be busy. */
const PATIENT = { timeout: 90_000 };
const OLDER = migrations.length - 1;

function versionOf(path: string): unknown {
	const db = new Database(path, { readonly: true });
	try {
		expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
		return db.pragma("user_version", { simple: true });
	} finally {
		db.close();
	}
}

/** A database of the previous version. */
async function olderDatabase(): Promise<string> {
	const dataDir = await tempDir();
	openDatabase(databasePath(dataDir), migrations.slice(0, OLDER)).close();
	return dataDir;
}

describe("npm run backup and npm run restore", () => {
	it("work on a running server's database, and only on a stopped one's", PATIENT, async () => {
		const dataDir = await tempDir();
		const server = await startServer({ DATA_DIR: dataDir });
		onTestFinished(() => server.kill());
		const rin = await signUpAt(server.url);
		const { secret } = await rin.createKey("Production");
		const env = { DATA_DIR: dataDir };
		const file = join(await tempDir(), "backup.db");
		const made = await runCommand("backup", [file], env);
		expect(made).toMatchObject({ code: 0, stderr: "" });
		expect(made.stdout).toMatch(/^Wrote and checked \S+backup\.db: \d+\.\d MB, \d+ tables\. /);
		expect(await runCommand("backup", [file], env)).toMatchObject({
			code: 1,
			stderr: expect.stringMatching(/exists already.*\n$/) as string,
		});
		const uncopied = await runCommand("backup", [`${file}2`], { ...env, BACKUP_COMMAND: "/nowhere/copy" });
		expect(uncopied).toMatchObject({ code: 1, stdout: "" });
		expect(uncopied.stderr).toMatch(/^Wrote and checked .* BACKUP_COMMAND could not be run: .*\n$/);
		expect(await runCommand("restore", [file], env)).toMatchObject({
			code: 1,
			stdout: "",
			stderr: expect.stringMatching(/^A server is running .*: stop the server first, .*\n$/) as string,
		});
		const whoami = (url: string) => fetch(`${url}/v1/whoami`, { headers: { "x-api-key": secret } });
		expect((await whoami(server.url)).status).toBe(200);
		await server.stop();
		const restored = await runCommand("restore", [file], env);
		expect(restored).toMatchObject({ code: 0, stderr: "" });
		expect(restored.stdout).toMatch(
			/^Restored \S+auxvyn\.db, whose last change is from .*\nThe replaced database is now \S+\.replaced-2\S+\.\n/,
		);
		expect(restored.stdout).toContain("\nAccounts that changed their password after the backup, ");
		const second = await startServer(env);
		onTestFinished(() => second.kill());
		expect((await whoami(second.url)).status).toBe(200);
	});

	it("a backup can be ended while its command hangs", async () => {
		const dataDir = await olderDatabase();
		const [script, begun] = [join(await tempDir(), "hang.mjs"), join(await tempDir(), "begun")];
		writeFileSync(
			script,
			`import { writeFileSync } from "node:fs"; writeFileSync(process.argv[2], String(process.pid)); setTimeout(() => {}, 60_000);`,
		);
		const child = spawn(process.execPath, [...bundledServer(), BACKUP, join(await tempDir(), "backup.db")], {
			env: { DATA_DIR: dataDir, BACKUP_COMMAND: `${process.execPath} ${script} ${begun}` },
			stdio: "ignore",
		});
		const ended = once(child, "exit");
		const pid = () => Number(existsSync(begun) && readFileSync(begun, "utf8"));
		await expect.poll(pid, { timeout: 20_000 }).toBeGreaterThan(0);
		child.kill("SIGTERM");
		expect(await ended).toEqual([null, "SIGTERM"]);
		process.kill(pid());
	});

	it.each([
		["backup", [], /^Give the file to write: npm run backup -- /],
		["backup", ["--help"], /^Give the file to write: npm run backup -- /],
		["restore", [], /^Give the backup to restore: npm run restore -- /],
		["restore", ["a", "b"], /^Give the backup to restore: npm run restore -- /],
		["restore", ["/nowhere/x.db"], /^There is no file \/nowhere\/x\.db\. Nothing was changed\.\n$/],
		["migrate", [], /npm run migrate -- --check/],
	] as const)("npm run %s with %j says in one line what is missing", async (name, args, line) => {
		const dataDir = await tempDir();
		openDatabase(databasePath(dataDir)).close();
		const { code, stdout, stderr } = await runCommand(name, [...args], { DATA_DIR: dataDir });
		expect([code, stdout]).toEqual([1, ""]);
		expect(stderr).toMatch(line);
		expect(stderr.trim().split("\n")).toHaveLength(1);
	});
});

describe("an update that has to migrate the database", () => {
	it("can be tried on a copy first", async () => {
		const dataDir = await olderDatabase();
		const { code, stdout } = await runCommand("migrate", ["--check"], { DATA_DIR: dataDir });
		expect(code).toBe(0);
		expect(stdout).toContain(`from schema ${OLDER} to ${migrations.length}. On a copy, this went well`);
		expect(versionOf(databasePath(dataDir))).toBe(OLDER);
		expect(readdirSync(dataDir).filter((name) => name.includes("migration-check"))).toEqual([]);
	});

	it("writes a checked backup first, and says how to go back", async () => {
		const dataDir = await olderDatabase();
		const server = await startServer({ DATA_DIR: dataDir });
		onTestFinished(() => server.kill());
		const [name = ""] = readdirSync(join(dataDir, "backups")).filter((each) => each.endsWith(".db"));
		const backup = join(dataDir, "backups", name);
		expect(versionOf(backup)).toBe(OLDER);
		expect(versionOf(databasePath(dataDir))).toBe(migrations.length);
		expect(server.output()).toContain(`backed up to ${backup} before this update migrated it. To go back: `);
	});

	it("does not start if that backup cannot be written, and changes nothing", async () => {
		const dataDir = await olderDatabase();
		writeFileSync(join(dataDir, "backups"), "in the way");
		const env = { PATH: process.env["PATH"] ?? "", DATA_DIR: dataDir };
		const child = spawn(process.execPath, [...bundledServer(), START], { cwd: join(START, "../.."), env });
		onTestFinished(() => void child.kill("SIGKILL"));
		let errors = "";
		child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
		expect(await once(child, "close")).toEqual([1, null]);
		expect(errors).toMatch(/^Cannot use the database .*the backup before that failed, so nothing was changed.*\n$/);
		expect(versionOf(databasePath(dataDir))).toBe(OLDER);
	});
});

// Only root can give files away.
describe.runIf(process.getuid?.() === 0)("what root's commands make in the server's folder", () => {
	it("belongs to the server's user", async () => {
		const dataDir = await olderDatabase();
		const user = 65_534;
		for (const path of [dataDir, databasePath(dataDir)]) chownSync(path, user, user);
		const env = { DATA_DIR: dataDir };
		expect(await runCommand("create-account", ["rin@example.com"], env)).toMatchObject({ code: 0 });
		const [backup = ""] = readdirSync(join(dataDir, "backups")).filter((name) => name.endsWith(".db"));
		// Root must not write through a link of that user's, nor give away what it leads to.
		const target = join(await tempDir(), "root.txt");
		symlinkSync(target, join(dataDir, "withdrawals.jsonl"));
		const refused = await runCommand("restore", [join(dataDir, "backups", backup), "--as-backed-up"], env);
		expect([refused.code, refused.stdout]).toEqual([0, expect.stringContaining("could not be written (ELOOP)")]);
		expect(existsSync(target)).toBe(false);
		rmSync(join(dataDir, "withdrawals.jsonl"));
		const restored = await runCommand("restore", [join(dataDir, "backups", backup), "--as-backed-up"], env);
		expect(restored).toMatchObject({ code: 0 });
		for (const entry of readdirSync(dataDir, { recursive: true })) {
			expect([entry, statSync(join(dataDir, String(entry))).uid]).toEqual([entry, user]);
		}
	});
});

describe("scheduled backups", () => {
	const backupsIn = (dataDir: string) =>
		existsSync(join(dataDir, "backups"))
			? readdirSync(join(dataDir, "backups")).filter((name) => name.endsWith(".db"))
			: [];

	it("are made when they are due, kept by number, and given to a command", PATIENT, async () => {
		const seen = join(await tempDir(), "seen.txt");
		const script = join(await tempDir(), "copy.mjs");
		writeFileSync(
			script,
			`import { appendFileSync } from "node:fs"; appendFileSync(process.argv[2], process.argv[3] + "\\n" + (process.env.AUXVYN_SECRET ?? ""));`,
		);
		const server = await build({
			env: { BACKUP_EVERY: "1h", BACKUP_KEEP: "2", BACKUP_COMMAND: `${process.execPath} ${script} ${seen}` },
			tidyEveryMs: 5,
		});
		await server.signUp();
		const times: string[] = [];
		for (let round = 1; round <= 3; round++) {
			await expect
				.poll(() => backupsIn(server.dataDir).filter((name) => !times.includes(name)).length, { timeout: 20_000 })
				.toBe(1);
			times.push(...backupsIn(server.dataDir).filter((name) => !times.includes(name)));
			await expect
				.poll(() => (existsSync(seen) ? readFileSync(seen, "utf8").trim().split("\n").length : 0), { timeout: 20_000 })
				.toBe(round);
			server.clock.advance(HOUR_SECONDS);
		}
		const last = times.slice(-2).sort();
		await expect
			.poll(() =>
				backupsIn(server.dataDir)
					.filter((name) => last.includes(name))
					.sort(),
			)
			.toEqual(last);
		expect(backupsIn(server.dataDir)).not.toContain(times[0]);
		expect(versionOf(join(server.dataDir, "backups", String(last[1])))).toBe(migrations.length);
		expect(readFileSync(seen, "utf8").trim().split("\n")[0]).toBe(join(server.dataDir, "backups", String(times[0])));
	});

	it("are made by one of several servers, and although a wrong clock left some from the future", async () => {
		const dataDir = await tempDir();
		const names = ["2097-01-01", "2098-01-01"].map((day) => `auxvyn-${day}T00-00-00Z.db`);
		mkdirSync(join(dataDir, "backups"));
		for (const name of names) writeFileSync(join(dataDir, "backups", name), "");
		const env = { BACKUP_EVERY: "1h", BACKUP_KEEP: "1" };
		const servers = [await build({ dataDir, env, tidyEveryMs: 5 }), await build({ dataDir, env, tidyEveryMs: 5 })];
		for (const server of servers) {
			const ready = async () => (await server.app.inject("/readyz")).json<{ backup: object }>().backup;
			await expect
				.poll(ready, { timeout: 20_000 })
				.toMatchObject({ lastAt: expect.stringMatching(/^20[23]/) as string, failed: false });
			expect(server.logs.join("")).not.toContain("The scheduled backup failed");
		}
		await expect.poll(() => backupsIn(dataDir), { timeout: 20_000 }).toHaveLength(1);
		expect(names).not.toContain(backupsIn(dataDir)[0]);
	});

	it("and restores that were interrupted are cleaned up at the next start, which says so", async () => {
		const dataDir = await tempDir();
		mkdirSync(join(dataDir, "backups"));
		// No process has this number.
		writeFileSync(join(dataDir, "backups", "auxvyn-2026-01-01T00-00-00Z.db.4194999.auxvyn-part"), "half");
		writeFileSync(join(dataDir, "auxvyn.db.restoring"), "half");
		for (const suffix of ["", "-wal"]) {
			writeFileSync(join(dataDir, `auxvyn.db.migration-check.4194999.auxvyn-part${suffix}`), "half");
		}
		const server = await build({ dataDir });
		expect(
			server.logs.filter((line) => /an interrupted (backup|restore|trial of migrations) left/.test(line)),
		).toHaveLength(3);
		expect(readdirSync(join(dataDir, "backups"))).toEqual([]);
		expect(readdirSync(dataDir).filter((name) => /restoring|migration/.test(name))).toEqual([]);
	});

	it("that fail, or whose command fails, are logged and shown, and hold nothing up", async () => {
		const server = await build({ env: { BACKUP_EVERY: "1d", BACKUP_COMMAND: "/nowhere/copy" }, tidyEveryMs: 5 });
		const ready = async () => (await server.app.inject("/readyz")).json<{ backup: object }>().backup;
		await expect.poll(ready, { timeout: 20_000 }).toMatchObject({ failed: false, commandFailed: true });
		expect(server.logs.join("")).toContain("BACKUP_COMMAND could not be run: there is no such program.");

		const blocked = await tempDir();
		writeFileSync(join(blocked, "backups"), "in the way");
		const failing = await build({ dataDir: blocked, env: { BACKUP_EVERY: "1d" }, tidyEveryMs: 5 });
		const answer = async () => (await failing.app.inject("/readyz")).json<object>();
		await expect
			.poll(answer, { timeout: 20_000 })
			.toMatchObject({ status: "ready", backup: { lastAt: null, failed: true } });
		expect(failing.logs.filter((line) => line.includes("The scheduled backup failed"))).toHaveLength(1);
		expect((await failing.app.inject("/metrics")).body).toContain("auxvyn_backup_failed 1");
	});
});
