import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import Database from "better-sqlite3";
import { expect, it } from "vitest";

import { writeBackup } from "../../../server/storage/sqlite/backup/write-backup.ts";
import { databasePath, openDatabase } from "../../../server/storage/sqlite/open-database.ts";
import { bundledServer } from "../bundled-server.ts";
import { runCommand } from "../run-command.ts";
import { tempDir } from "../temp-dir.ts";

const SERVER = fileURLToPath(new URL("../../../server", import.meta.url));
/** So large that writing it takes a moment. */
const FILLER_BYTES = 30_000_000;
const PATIENT = { timeout: 90_000 };

/** A used database. */
async function usedDatabase(): Promise<{ dataDir: string; path: string }> {
	const dataDir = await tempDir();
	const path = databasePath(dataDir);
	const db = openDatabase(path);
	db.exec(`CREATE TABLE filler (bytes BLOB); INSERT INTO filler VALUES (randomblob(${FILLER_BYTES}));
		INSERT INTO "user" VALUES ('rin', 'Rin', 'rin@example.com', 1, NULL, '2026-01-01', '2026-01-01')`);
	db.close();
	return { dataDir, path };
}

/** Runs a command and kills it, and whatever it has started, once `isTime`. */
async function killed(args: string[], dataDir: string, isTime: () => boolean): Promise<void> {
	const env = { PATH: process.env["PATH"] ?? "", DATA_DIR: dataDir };
	const child = spawn(process.execPath, [...bundledServer(), ...args], {
		cwd: join(SERVER, ".."),
		env,
		stdio: "ignore",
		detached: true,
	});
	const ended = once(child, "exit");
	while (!isTime() && child.exitCode === null) await sleep(1);
	try {
		process.kill(-Number(child.pid), "SIGKILL");
	} catch {
		// It was faster.
	}
	await ended;
}

function isGood(path: string): boolean {
	const db = new Database(path, { readonly: true });
	try {
		return (
			db.pragma("integrity_check", { simple: true }) === "ok" && db.prepare("SELECT 1 FROM user").get() !== undefined
		);
	} finally {
		db.close();
	}
}

it.runIf(process.platform !== "win32")(
	"a backup that is killed leaves nothing that could be taken for one, or that others can read",
	PATIENT,
	async () => {
		const { dataDir } = await usedDatabase();
		const folder = await tempDir();
		const target = join(folder, "backup.db");
		const names = () => readdirSync(folder);
		for (;;) {
			await killed([join(SERVER, "backup.js"), target], dataDir, () =>
				names().some((name) => name.endsWith(".auxvyn-part")),
			);
			if (!names().includes("backup.db")) break;
			// It was faster.
			for (const name of names()) rmSync(join(folder, name));
		}
		// Besides a journal.
		expect(names()).toContainEqual(expect.stringMatching(/^backup\.db\.\d+\.auxvyn-part$/));
		expect(names().filter((name) => !name.includes(".auxvyn-part"))).toEqual([]);
		expect(await runCommand("backup", [target], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
		expect(names().sort()).toEqual(["backup.db", "backup.db.withdrawals.jsonl"]);
		expect(isGood(target)).toBe(true);
		// Nor does the copy on which migrations are tried, which has sessions in it.
		const isTried = () => readdirSync(dataDir).some((name) => name.includes("migration-check"));
		await killed([join(SERVER, "migrate.js"), "--check"], dataDir, isTried);
		expect(isTried()).toBe(true);
		for (const name of readdirSync(dataDir))
			expect([name, statSync(join(dataDir, name)).mode & 0o077]).toEqual([name, 0]);
	},
);

it.runIf(process.platform !== "win32")(
	"a restore that is killed at any moment leaves a whole database",
	PATIENT,
	async () => {
		const { dataDir, path } = await usedDatabase();
		const backup = join(await tempDir(), "backup.db");
		writeBackup(path, backup);
		const names = () => readdirSync(dataDir);
		const moments = [
			() => names().includes("auxvyn.db.restoring"),
			() => names().includes("auxvyn.db.restoring-wal"),
			() => names().some((name) => name.includes(".replaced-")),
		];
		for (const isTime of moments) {
			await killed([join(SERVER, "restore.js"), backup], dataDir, isTime);
			expect(names()).toContain("auxvyn.db");
			expect(isGood(path)).toBe(true);
		}
		const { code, stdout } = await runCommand("restore", [backup], { DATA_DIR: dataDir });
		expect([code, stdout]).toEqual([0, expect.stringMatching(/^Restored /)]);
		expect(names().filter((name) => name.includes("restoring"))).toEqual([]);
		expect(isGood(path)).toBe(true);
	},
);
