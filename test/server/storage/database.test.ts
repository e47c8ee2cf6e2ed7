import { once } from "node:events";
import { chmodSync, copyFileSync, readdirSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";

import { systemClock } from "../../../server/clock.ts";
import { useInStudio } from "../../../server/storage/sqlite/migrations/009-use-in-studio.ts";
import { provenAddresses } from "../../../server/storage/sqlite/migrations/012-proven-addresses.ts";
import { migrations } from "../../../server/storage/sqlite/migrations/index.ts";
import { openConnection, openDatabase } from "../../../server/storage/sqlite/open-database.ts";
import { openSqlite } from "../../../server/storage/sqlite/storage.ts";
import { build } from "../helper.ts";
import { tempDir } from "../temp-dir.ts";
import { runSql } from "./probes.store.ts";
import { stores } from "./stores.ts";

const NOBODY_UID = 65_534;

/** Holds the write lock for a moment, in the journal mode of new files. */
const HOLD_WRITE_LOCK = `
	const { parentPort, workerData } = require("node:worker_threads");
	const db = new (require("better-sqlite3"))(workerData);
	db.exec("BEGIN IMMEDIATE");
	parentPort.postMessage("locked");
	setTimeout(() => db.close(), 200);`;

/** Root may write everywhere, so this drops to another user if the tests run as root. */
function asOrdinaryUser<T>(work: () => T): T {
	if (process.getuid?.() !== 0) return work();
	process.seteuid?.(NOBODY_UID);
	try {
		return work();
	} finally {
		process.seteuid?.(0);
	}
}

describe("the database file", () => {
	it("is created and migrated, with full durability", async () => {
		const path = join(await tempDir(), "deep", "er", "auxvyn.db");
		const db = openDatabase(path);
		expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
		expect(db.pragma("synchronous", { simple: true })).toBe(2);
		expect(db.pragma("foreign_keys", { simple: true })).toBe(1);
		expect(db.pragma("journal_size_limit", { simple: true })).toBe(8 * 1024 * 1024);
		expect(db.pragma("user_version", { simple: true })).toBe(migrations.length);
		db.close();
		openDatabase(path).close();
	});

	it("keeps who created, revoked, claimed and approved what when it is migrated", async () => {
		const path = join(await tempDir(), "auxvyn.db");
		const old = openDatabase(path, migrations.slice(0, 3));
		old.exec(`
			INSERT INTO "user" VALUES ('rin', 'Rin', 'rin@example.com', 0, NULL, '2026-01-01', '2026-01-01');
			INSERT INTO workspace VALUES ('ws_1', 'One', 0);
			INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, hint, origin, created_at, created_by, sealed_at, revoked_at, revoked_by)
			VALUES (1, zeroblob(32), 'key_1', 'ws_1', 'Old', 'abcd', 'studio', 0, 'rin', 0, 1, 'rin');
			INSERT INTO key_usage VALUES ('key_1', 5, 7), ('key_1', unixepoch() / 3600, 3), ('key_1', unixepoch() / 3600 - 1, 4);
			INSERT INTO pairing (id, device_code_hash, user_code, status, intent, created_at, expires_at, ended_at, claimed_by, approved_by, workspace_id, key_id, previous_key_fate)
			VALUES ('pairing_1', zeroblob(32), 'CODE', 'sealed', 'connect', 0, 1, 1, 'rin', 'rin', 'ws_1', 'key_1', 'revoke');`);
		old.close();
		const db = openDatabase(path);
		const key = db.prepare("SELECT created_by, revoked_by, label, requests_24h FROM api_key").get();
		expect(key).toEqual({ created_by: "rin", revoked_by: "rin", label: "Old", requests_24h: 7 });
		const pairing = db
			.prepare("SELECT claimed_by, approved_by, key_id, previous_key_fate, started_from FROM pairing")
			.get();
		// The previous key was a claim then, so it is kept.
		const kept = { previous_key_fate: "keep", started_from: null };
		expect(pairing).toEqual({ claimed_by: "rin", approved_by: "rin", key_id: "key_1", ...kept });
		expect(db.prepare("SELECT key_id, hour, accepted FROM key_usage").raw().get()).toEqual(["key_1", 5, 7]);
		expect(db.pragma("foreign_key_check")).toEqual([]);
		db.close();
	});

	it("keeps every row, and the last hour's counts, when migrated to a random epoch", async () => {
		const path = join(await tempDir(), "auxvyn.db");
		const old = openDatabase(path, migrations.slice(0, 6));
		old.exec(`
			INSERT INTO "user" VALUES ('rin', 'Rin', 'rin@example.com', 0, NULL, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z');
			INSERT INTO session VALUES ('s1', '2027-01-01T00:00:00.000Z', 'token', '2026-01-01', '2026-01-01', '127.0.0.1', 'Firefox', 'rin');
			INSERT INTO account (id, accountId, providerId, userId, password, createdAt, updatedAt)
			VALUES ('a1', 'rin', 'credential', 'rin', 'hash', '2026-01-01', '2026-01-01');
			INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, hint, origin, created_at, created_by, sealed_at)
			SELECT 1, zeroblob(32), 'key_1', id, 'Lobby', 'abcd', 'dashboard', 5, 'rin', 5 FROM workspace;
			INSERT INTO key_usage VALUES (480000, 'key_1', 7, 2);
			INSERT INTO invitation SELECT 'inv_1', id, zeroblob(32), 'admin', 5, 'rin', 6, NULL FROM workspace;
			INSERT INTO password_reset VALUES (zeroblob(32), 'rin', 5, 6);
			INSERT INTO checklist_answer SELECT id, 'leak-plan', 5, 'rin' FROM workspace;
			INSERT INTO wrong_user_code VALUES (1, 'rin', '127.0.0.1', 5);
			UPDATE clock SET latest = 1234;`);
		// The last written minute, then sixty counters, each at its minute modulo sixty.
		const latest = Math.floor(Date.now() / 60_000);
		const counts = [
			[latest - 50, 300],
			[latest - 10, 70_000],
			[latest, 5],
		] as const;
		const minutes = new Uint32Array(61);
		minutes[0] = latest;
		for (const [minute, accepted] of counts) minutes[1 + (minute % 60)] = accepted;
		old.prepare("INSERT INTO key_last_hour VALUES ('key_1', ?)").run(Buffer.from(minutes.buffer));
		const changed = ["authentication_epoch", "key_last_hour", "key_minute", "sqlite_sequence"];
		const rowsOf = (db: Database.Database) => {
			const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
			const kept = tables.filter((name) => !changed.includes(name));
			return Object.fromEntries(kept.map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).all()]));
		};
		const before = rowsOf(old);
		old.close();
		const db = openDatabase(path, migrations.slice(0, 7));
		expect(rowsOf(db)).toEqual(before);
		expect(before["activity"]).toHaveLength(1);
		expect(db.prepare("SELECT span, key_id, minute, accepted FROM key_minute").raw().all()).toEqual(
			counts.map(([minute, accepted]) => [Math.floor(minute / 10), "key_1", minute, accepted]),
		);
		expect(db.prepare("SELECT length(value) FROM authentication_epoch").pluck().all()).toEqual([8]);
		db.close();
	});

	it("keeps keys' last uses, and their order by it, when migrated to count requests from Studio", async () => {
		const path = join(await tempDir(), "auxvyn.db");
		const old = openDatabase(path, migrations.slice(0, migrations.indexOf(useInStudio)));
		old.exec(`
			INSERT INTO workspace (id, name, created_at) VALUES ('ws_1', 'One', 0);
			INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, hint, origin, created_at, sealed_at, last_used_at)
			VALUES (1, zeroblob(32), 'key_1', 'ws_1', 'Used', 'abcd', 'studio', 5, 5, 9),
				(2, zeroblob(32), 'key_2', 'ws_1', 'Never used', 'abcd', 'studio', 5, 5, NULL);`);
		const keys = "SELECT * FROM api_key ORDER BY id";
		const before = old.prepare<[], object>(keys).all();
		old.close();
		const db = openDatabase(path);
		expect(db.prepare(keys).all()).toMatchObject(before);
		const byUse = () => {
			const usedAt = "max(coalesce(last_used_at, 0), coalesce(studio_used_at, 0), coalesce(plugin_used_at, 0))";
			const query = `SELECT id, ${usedAt} FROM api_key INDEXED BY api_key_active_by_used
				WHERE workspace_id = 'ws_1' AND revoked_at IS NULL ORDER BY ${usedAt}`;
			return db.prepare<[], [string, number]>(query).raw().all();
		};
		expect(byUse()).toEqual([
			["key_2", 0],
			["key_1", 9],
		]);
		db.exec("UPDATE api_key SET plugin_used_at = 10 WHERE id = 'key_2'");
		expect(byUse()).toEqual([
			["key_1", 9],
			["key_2", 10],
		]);
		db.close();
	});

	it("keeps accounts, which count as verified, and sessions, up to their 30th day, when migrated to proven addresses", async () => {
		const path = join(await tempDir(), "auxvyn.db");
		const old = openDatabase(path, migrations.slice(0, migrations.indexOf(provenAddresses)));
		const iso = (day: number) => new Date(Date.UTC(2026, 0, day, 12, 30, 15, 250)).toISOString();
		old
			.prepare(
				`INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt")
				VALUES ('rin', 'Rin', 'rin@example.com', 0, ?, ?)`,
			)
			.run(iso(1), iso(1));
		const insert = old.prepare(`INSERT INTO "session" ("id", "expiresAt", "token", "createdAt", "updatedAt", "userId")
			VALUES (?, ?, ?, ?, ?, 'rin')`);
		insert.run("young", iso(27), "a", iso(1), iso(20));
		insert.run("old", iso(36), "b", iso(1), iso(29));
		old.close();
		const db = openDatabase(path);
		expect(db.prepare('SELECT "emailVerified" FROM "user"').pluck().all()).toEqual([1]);
		expect(db.prepare('SELECT "id", "expiresAt" AS at FROM "session" ORDER BY "id"').all()).toEqual([
			{ id: "old", at: iso(31) },
			{ id: "young", at: iso(27) },
		]);
		db.close();
	});

	it("opens once another process that is creating it has finished", async () => {
		const path = join(await tempDir(), "auxvyn.db");
		const other = new Worker(HOLD_WRITE_LOCK, { eval: true, workerData: path });
		await once(other, "message");
		const db = openDatabase(path);
		expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
		db.close();
	});

	it("is readable by no other user: the file, its log, and a folder created for it", async () => {
		const folder = join(await tempDir(), "data");
		const db = openDatabase(join(folder, "auxvyn.db"));
		expect(statSync(folder).mode & 0o077).toBe(0);
		for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
		db.close();
	});

	it("needs no temporary files", async () => {
		const path = join(await tempDir(), "auxvyn.db");
		openDatabase(path).close();
		const db = openConnection(path, 0);
		expect(db.pragma("temp_store", { simple: true })).toBe(2);
		db.close();
	});

	it("rejects writes once the file has been replaced", async () => {
		const path = join(await tempDir(), "auxvyn.db");
		const storage = openSqlite({ path, clock: systemClock, stores });
		copyFileSync(path, `${path}.copy`);
		renameSync(`${path}.copy`, path);
		const refused = storage.write(runSql, { text: "DELETE FROM member" });
		await expect(refused).rejects.toMatchObject({ code: "unavailable" });
		await storage.close();
	});

	it("is refused in one line if it is from a newer version", async () => {
		const path = join(await tempDir(), "auxvyn.db");
		const db = openDatabase(path);
		db.pragma(`user_version = ${migrations.length + 1}`);
		db.close();
		expect(() => openDatabase(path)).toThrow(/written by a newer Auxvyn .* update Auxvyn/);
	});

	it("is refused if it is not a database, or another program's", async () => {
		const folder = await tempDir();
		const text = join(folder, "text.db");
		writeFileSync(text, "This is a letter to my grandmother, not a database.\n".repeat(50));
		expect(() => openDatabase(text)).toThrow(/not a SQLite database; move it away/);
		const foreign = join(folder, "foreign.db");
		new Database(foreign).exec("CREATE TABLE recipe (name TEXT)").close();
		expect(() => openDatabase(foreign)).toThrow(/another program's database/);
		const left = new Database(foreign, { readonly: true });
		expect(left.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["recipe"]);
		left.close();
	});

	it("is refused if its folder is not a folder, or is not writable", async () => {
		const folder = await tempDir();
		const file = join(folder, "file");
		writeFileSync(file, "");
		expect(() => openDatabase(join(file, "auxvyn.db"))).toThrow(/DATA_DIR is not a folder/);
		symlinkSync(join(folder, "nowhere"), join(folder, "dangling"));
		expect(() => openDatabase(join(folder, "dangling", "auxvyn.db"))).toThrow(/point DATA_DIR elsewhere/);
		if (process.platform === "linux")
			expect(() => openDatabase("/proc/nope/auxvyn.db")).toThrow(/point DATA_DIR elsewhere/);
		chmodSync(folder, 0o555);
		expect(() => asOrdinaryUser(() => openDatabase(join(folder, "auxvyn.db")))).toThrow(/DATA_DIR/);
		expect(() => asOrdinaryUser(() => openDatabase(join(folder, "new", "auxvyn.db")))).toThrow(/cannot be written/);
		chmodSync(folder, 0o755);
		const path = join(folder, "auxvyn.db");
		openDatabase(path).close();
		chmodSync(path, 0o444);
		expect(() => asOrdinaryUser(() => openDatabase(path))).toThrow(/read-only; give this user write access/);
	});
});

describe("a disk that is no longer writable", () => {
	it.each([
		["full", "max_page_count = 1"],
		["read-only", "query_only = 1"],
	])("%s: 503 with Retry-After, nothing half-written, and games still authenticate", async (_, pragma) => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const path = `/api/workspaces/${rin.workspaceId}/keys`;
		await server.app.storage.write(runSql, { text: `PRAGMA ${pragma}` });
		// On a full disk, existing pages can still be filled.
		const label = "x".repeat(64);
		const answers = [];
		for (let attempt = 0; attempt < 400 && answers.at(-1)?.statusCode !== 503; attempt++) {
			answers.push(await rin.request("POST", path, { label }));
		}
		const refused = answers.at(-1);
		expect(refused?.json()).toMatchObject({ status: 503, code: "storage_unavailable" });
		expect(Number(refused?.headers["retry-after"])).toBeGreaterThan(0);
		expect((await server.whoami(secret)).statusCode).toBe(200);
		const stored = server.db.prepare("SELECT count(*) FROM api_key").pluck().get();
		expect(stored).toBe(1 + answers.filter((answer) => answer.statusCode === 201).length);
	});
});
