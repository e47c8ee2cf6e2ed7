import {
	chmodSync,
	copyFileSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";

import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";

import { holdDatabase } from "../../../../server/storage/sqlite/backup/hold.ts";
import { restoreBackup } from "../../../../server/storage/sqlite/backup/restore.ts";
import { writeBackup } from "../../../../server/storage/sqlite/backup/write-backup.ts";
import { databasePath, openDatabase } from "../../../../server/storage/sqlite/open-database.ts";
import { readWithdrawalsFile, withdrawalsPath } from "../../../../server/storage/withdrawals/withdrawals-file.ts";
import { build } from "../../helper.ts";
import { tempDir } from "../../temp-dir.ts";

async function backedUp() {
	const server = await build();
	const rin = await server.signUp();
	await rin.createKey();
	const backup = join(await tempDir(), "backup.db");
	const written = writeBackup(databasePath(server.dataDir), backup);
	return { server, rin, backup, written };
}

describe("a backup", () => {
	it("has everything but sessions, links and the salts of pairings, also in its free space", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { access_token: key } = await server.pair(rin);
		const invited = await rin.request("POST", `/api/workspaces/${rin.workspaceId}/invitations`, { role: "member" });
		expect(invited.statusCode).toBe(201);
		const secrets = server.db
			.prepare<[], string | Buffer>(
				"SELECT token FROM session UNION ALL SELECT salt FROM pairing WHERE salt IS NOT NULL UNION ALL SELECT token_hash FROM invitation",
			)
			.pluck()
			.all();
		expect(secrets).toHaveLength(3);
		const source = databasePath(server.dataDir);
		const backup = join(await tempDir(), "backup.db");
		const { bytes, tables } = writeBackup(source, backup);
		const content = readFileSync(backup);
		expect(content.length).toBe(bytes);
		for (const secret of secrets) {
			expect((await server.dataBytes()).includes(secret)).toBe(true);
			expect(content.includes(secret)).toBe(false);
		}
		expect(content.includes(key)).toBe(false);
		const [before, after] = [source, backup].map((path) => new Database(path, { readonly: true }));
		const count = (db: Database.Database | undefined, what: string) =>
			db?.prepare<[], number>(`SELECT count(*) FROM ${what}`).pluck().get();
		expect(count(after, "sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")).toBe(tables);
		for (const table of ["user", "api_key", "member", "workspace", "activity"]) {
			expect(count(after, table)).toBe(count(before, table));
		}
		// It says nothing of the running server's pairing, which goes on.
		expect(count(before, "pairing WHERE salt IS NOT NULL")).toBe(1);
		expect((await server.whoami(key)).statusCode).toBe(200);
		for (const db of [before, after]) db?.close();
	});

	it.runIf(process.platform !== "win32")("is readable by its owner only, and leaves nothing else behind", async () => {
		const { backup } = await backedUp();
		const folder = join(backup, "..");
		expect(readdirSync(folder).sort()).toEqual(["backup.db", "backup.db.withdrawals.jsonl"]);
		for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
	});

	it("never replaces a file, and removes what an interrupted one left", async () => {
		const { server, backup } = await backedUp();
		const content = readFileSync(backup);
		expect(() => writeBackup(databasePath(server.dataDir), backup)).toThrow(/exists already/);
		expect(readFileSync(backup).equals(content)).toBe(true);
		const folder = join(backup, "..");
		// No process has this number.
		writeFileSync(join(folder, "old.db.4194999.auxvyn-part"), "half");
		writeFileSync(join(folder, "film.4194999.part"), "another program's");
		writeBackup(databasePath(server.dataDir), join(folder, "next.db"));
		expect(readdirSync(folder).filter((name) => name.endsWith("part"))).toEqual(["film.4194999.part"]);
	});

	it("says what is wrong where it cannot be written", async () => {
		const { server } = await backedUp();
		const source = databasePath(server.dataDir);
		expect(() => writeBackup(source, join(server.dataDir, "nowhere", "x.db"))).toThrow(/there is no folder/);
		const names = readdirSync(server.dataDir);
		for (const name of ["secret", "withdrawals.jsonl", "auxvyn.db-journal", "auxvyn.db.restoring"]) {
			if (names.includes(name)) rmSync(join(server.dataDir, name));
			expect(() => writeBackup(source, join(server.dataDir, name))).toThrow(/the server uses this name itself/);
		}
		symlinkSync(join(server.dataDir, "nowhere"), join(server.dataDir, "link.db"));
		expect(() => writeBackup(source, join(server.dataDir, "link.db"))).toThrow(/exists already/);
		expect(readdirSync(server.dataDir).filter((name) => /link|jsonl|part/.test(name))).toEqual(["link.db"]);
		writeBackup(source, join(server.dataDir, "auxvyn.db.backup"));
	});
});

describe("a file that is no good backup", () => {
	const page = 4096;
	it.each<[string, (file: string) => void, RegExp]>([
		["text", (file) => writeFileSync(file, "not a database"), /not a SQLite database/],
		["empty", (file) => writeFileSync(file, ""), /not a SQLite database/],
		["cut off", (file) => truncateSync(file, statSync(file).size - page), /damaged or incomplete/],
		["cut in half", (file) => truncateSync(file, 10 * page), /damaged or incomplete/],
		["overwritten in the middle", (file) => overwrite(file), /damaged/],
		["with an index that lacks rows", (file) => skipIndex(file, "activity_by_key"), /damaged or incomplete/],
		["another program's", (file) => createForeign(file), /another program's/],
		[
			"from a newer version",
			(file) => setVersion(file, 999),
			/written by a newer Auxvyn.*: restore it with that version\. Nothing was changed\.$/,
		],
	])("is refused, and nothing changes: %s", async (_, spoil, why) => {
		const { server, backup } = await backedUp();
		await server.close();
		spoil(backup);
		const database = databasePath(server.dataDir);
		const [before, names] = [readFileSync(database), readdirSync(server.dataDir).sort()];
		expect(() => restoreBackup({ database, backup, asBackedUp: false, files: [], now: Date.now() })).toThrow(why);
		expect(readFileSync(database).equals(before)).toBe(true);
		expect(readdirSync(server.dataDir).sort()).toEqual(names);
	});

	it("is refused while a server runs, and where it is missing or the database itself", async () => {
		const { server, backup } = await backedUp();
		const database = databasePath(server.dataDir);
		const restore = (file: string) => () =>
			restoreBackup({ database, backup: file, asBackedUp: false, files: [], now: Date.now() });
		expect(restore(backup)).toThrow(/stop the server first/);
		expect((await server.app.inject("/readyz")).statusCode).toBe(200);
		await server.close();
		expect(restore(join(server.dataDir, "none.db"))).toThrow(/There is no file/);
		expect(restore(database)).toThrow(/is the database itself/);
		copyFileSync(backup, `${database}.restoring`);
		expect(restore(`${database}.restoring`)).toThrow(/an interrupted restore left/);
		expect(readFileSync(`${database}.restoring`).equals(readFileSync(backup))).toBe(true);
		expect(restore(backup)()).toMatchObject({ withdrawn: [] });
	});

	it("keeps a server from making a database while it is restored, and leaves none if it is not", async () => {
		const dataDir = await tempDir();
		const database = databasePath(dataDir);
		const held = holdDatabase(database);
		const server = new Database(database, { timeout: 0 });
		expect(() => server.exec("CREATE TABLE mine (x)")).toThrow(/locked/);
		server.close();
		held.release();
		expect(readdirSync(dataDir)).toEqual([]);
	});

	it("is no obstacle where the database is damaged, as long as the file of withdrawals is there", async () => {
		const { server, rin, backup } = await backedUp();
		const { id } = await rin.createKey("Later");
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
		await server.close();
		const database = databasePath(server.dataDir);
		writeFileSync(database, "nothing but noise");
		const restored = restoreBackup({ database, backup, asBackedUp: false, files: [], now: Date.now() });
		expect(restored.known.sources[0]).toBe(withdrawalsPath(database));
		openDatabase(database).close();
		expect(readFileSync(String(restored.replaced), "utf8")).toBe("nothing but noise");
	});
});

describe("the file of withdrawals", () => {
	it("is appended to before the answer, complete although it could not be written for a while", async () => {
		const server = await build();
		const rin = await server.signUp();
		const path = withdrawalsPath(databasePath(server.dataDir));
		const revoke = async (): Promise<string> => {
			const { id } = await rin.createKey();
			const answer = await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
			expect(answer.statusCode).toBe(204);
			return id;
		};
		const ids = () => readWithdrawalsFile(path)?.withdrawals.map(({ id }) => id);
		const first = await revoke();
		expect(ids()).toEqual([first]);
		// A folder in its place cannot be written to, even by root.
		copyFileSync(path, `${path}.away`);
		const { mkdirSync } = await import("node:fs");
		rmSync(path);
		mkdirSync(path);
		const second = await revoke();
		rmSync(path, { recursive: true });
		copyFileSync(`${path}.away`, path);
		chmodSync(path, 0o600);
		// A power failure cut its last line short.
		writeFileSync(path, '{"what":"key","id":"ke', { flag: "a" });
		const third = await revoke();
		expect(ids()).toEqual([first, second, third]);
		expect(readWithdrawalsFile(path)?.damaged).toEqual([3]);
		expect(readFileSync(path, "utf8")).not.toMatch(/auxvyn_|@|Rin/);
	});
});

function overwrite(file: string): void {
	const content = readFileSync(file);
	content.fill(0xff, 4096, content.length - 4096);
	writeFileSync(file, content);
}

/** Adds a row that the index does not have, as a lost write would. */
function skipIndex(file: string, name: string): void {
	const change = (work: (db: Database.Database) => void): void => {
		const db = new Database(file);
		db.unsafeMode(true);
		db.pragma("writable_schema = ON");
		work(db);
		db.close();
	};
	let row: unknown[] = [];
	change((db) => {
		row = db.prepare<[string], unknown[]>("SELECT * FROM sqlite_schema WHERE name = ?").raw().get(name) ?? [];
		db.prepare("DELETE FROM sqlite_schema WHERE name = ?").run(name);
	});
	change((db) => {
		db.exec("INSERT INTO activity (workspace_id, at, kind, key_id) SELECT id, 0, 'x', 'key_x' FROM workspace LIMIT 1");
		db.prepare("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)").run(...row);
	});
}

function createForeign(file: string): void {
	writeFileSync(file, "");
	const db = new Database(file);
	db.exec("CREATE TABLE notes (text)");
	db.close();
}

function setVersion(file: string, version: number): void {
	const db = new Database(file);
	db.pragma(`user_version = ${version}`);
	db.close();
}
