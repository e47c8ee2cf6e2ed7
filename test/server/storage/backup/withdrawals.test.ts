import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import type { RevocationReason } from "../../../../server/keys/authenticate/refusal.ts";
import { restoreBackup, type Restored } from "../../../../server/storage/sqlite/backup/restore.ts";
import { writeBackup } from "../../../../server/storage/sqlite/backup/write-backup.ts";
import { databasePath } from "../../../../server/storage/sqlite/open-database.ts";
import { withdrawalsPath } from "../../../../server/storage/withdrawals/withdrawals-file.ts";
import type { Key } from "../../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../../helper.ts";
import { createKeyIn, join as joinWorkspace } from "../../people/helper.ts";
import { tempDir } from "../../temp-dir.ts";

interface Scene {
	server: TestServer;
	rin: Person;
	jo: Person;
	/** Secrets. */
	kept: string;
	revoked: string;
	jos: string;
	backup: string;
}

/** A server in use, and a backup of it in a folder of its own. */
async function scene(): Promise<Scene> {
	const dataDir = join(await tempDir(), "data");
	await mkdir(dataDir);
	const server = await build({ dataDir });
	const rin = await server.signUp("Rin");
	const jo = await server.signUp("Jo");
	joinWorkspace(server, jo, rin.workspaceId, "admin");
	const kept = (await rin.createKey("Kept")).secret;
	const revoked = (await rin.createKey("Revoked later")).secret;
	const jos = await createKeyIn(jo, rin.workspaceId, "Jo's");
	const folder = await tempDir();
	const backup = join(folder, "backup.db");
	await rin.request("POST", `/api/workspaces/${rin.workspaceId}/backends`, { name: "Game API" });
	writeBackup(databasePath(server.dataDir), backup);
	return { server, rin, jo, kept, revoked, jos, backup };
}

async function keyLabelled(person: Person, label: string): Promise<Key> {
	const answer = await person.request("GET", `/api/workspaces/${person.workspaceId}/keys`);
	const found = answer.json<{ keys: Key[] }>().keys.find((key) => key.label === label);
	if (found === undefined) throw new Error(`There is no key ${label}.`);
	return found;
}

/** Everything that can be taken back, after the backup. */
async function withdrawEverything({ server, rin, jo }: Scene): Promise<void> {
	server.clock.advance(5);
	const base = `/api/workspaces/${rin.workspaceId}`;
	const { id } = await keyLabelled(rin, "Revoked later");
	expect((await rin.request("DELETE", `${base}/keys/${id}`)).statusCode).toBe(204);
	const { backends } = (await rin.request("GET", `${base}/backends`)).json<{ backends: { id: string }[] }>();
	expect((await rin.request("DELETE", `${base}/backends/${backends[0]?.id}`)).statusCode).toBe(204);
	expect((await rin.request("DELETE", `${base}/people/${jo.accountId}?keys=revoke`)).statusCode).toBe(204);
	const deleted = await jo.request("DELETE", `/api/workspaces/${jo.workspaceId}`, { name: "Jo's workspace" });
	expect(deleted.statusCode).toBe(204);
}

function restore(
	dataDir: string,
	backup: string,
	more: { asBackedUp?: boolean; files?: string[]; now?: number } = {},
): Restored {
	return restoreBackup({
		database: databasePath(dataDir),
		backup,
		asBackedUp: false,
		files: [],
		now: Date.now(),
		...more,
	});
}

function lines(dataDir: string): { what: string; id?: string }[] {
	const text = readFileSync(withdrawalsPath(databasePath(dataDir)), "utf8");
	return text
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as { what: string });
}

const statusOf = async (server: TestServer, secret: string): Promise<number> =>
	(await server.whoami(secret)).statusCode;

function people(server: TestServer): unknown[] {
	return server.db
		.prepare(
			"SELECT w.name, u.name AS person FROM member AS m JOIN workspace AS w ON w.id = m.workspace_id JOIN user AS u ON u.id = m.account_id",
		)
		.all();
}

describe("restoring an older backup", () => {
	it("withdraws again what was revoked, deleted or removed after it, and says what, and which keys are gone", async () => {
		const before = await scene();
		const { server, rin, kept, revoked, jos, backup } = before;
		await withdrawEverything(before);
		const made = await rin.createKey("Made since");
		await server.close();
		const restored = restore(server.dataDir, backup);
		expect(restored.withdrawn).toEqual([
			expect.stringMatching(/^revoked: key Revoked later …\w{4} in Rin's workspace$/),
			expect.stringMatching(/^revoked: key Jo's …\w{4} in Rin's workspace$/),
			"deleted: backend Game API in Rin's workspace",
			expect.stringMatching(/^removed: Jo <jo-\w+@example\.com> from Rin's workspace$/),
			expect.stringMatching(/^removed: Jo <jo-\w+@example\.com> from Jo's workspace$/),
			"deleted: workspace Jo's workspace, with its keys",
		]);
		expect(restored.keysMadeSince).toEqual([expect.stringMatching(/^Made since …\w{4} in Rin's workspace$/)]);
		expect(restored.withoutOwner).toEqual([]);
		expect(existsSync(String(restored.replaced))).toBe(true);

		const after = await build({ dataDir: server.dataDir });
		expect(await statusOf(after, kept)).toBe(200);
		expect((await after.whoami(revoked)).json()).toMatchObject({ code: "revoked_key" });
		expect((await after.whoami(jos)).json()).toMatchObject({ code: "revoked_key" });
		expect((await after.whoami(made.secret)).json()).toMatchObject({ code: "unknown_key" });
		expect(people(after)).toEqual([{ name: "Rin's workspace", person: "Rin" }]);
		expect(after.db.prepare("SELECT count(*) FROM backend").pluck().get()).toBe(0);
	});

	it("keeps the reason of each key that it revokes again", async () => {
		const reasons: Record<Exclude<RevocationReason, "workspace_deleted">, true> = {
			deleted: true,
			replaced: true,
			retired: true,
			holder: true,
			unconfirmed: true,
			maker_left: true,
			denied: true,
		};
		const server = await build({ dataDir: await tempDir() });
		const rin = await server.signUp();
		for (const reason of Object.keys(reasons)) await rin.createKey(reason);
		const backup = join(await tempDir(), "backup.db");
		writeBackup(databasePath(server.dataDir), backup);
		server.clock.advance(5);
		server.db.prepare("UPDATE api_key SET revoked_at = ?, revoked_reason = label").run(server.clock.now());
		await server.close();
		restore(server.dataDir, backup);
		const after = await build({ dataDir: server.dataDir });
		const stored = after.db.prepare("SELECT revoked_reason FROM api_key").pluck().all();
		expect(new Set(stored)).toEqual(new Set(Object.keys(reasons)));
	});

	it("does the same from the file alone, on a new disk", async () => {
		const before = await scene();
		const { server, kept, revoked, jos, backup } = before;
		await withdrawEverything(before);
		await server.close();
		const newer = join(await tempDir(), "newer.db");
		writeBackup(databasePath(server.dataDir), newer);
		rmSync(server.dataDir, { recursive: true });
		const restored = restore(server.dataDir, backup, { files: [`${newer}.withdrawals.jsonl`] });
		expect(restored.withdrawn).toHaveLength(6);
		expect(restored.keysMadeSince).toBeUndefined();
		expect(restored.known.until).toBeGreaterThan(restored.backedUpAt);
		const after = await build({ dataDir: server.dataDir });
		expect([await statusOf(after, kept), await statusOf(after, revoked), await statusOf(after, jos)]).toEqual([
			200, 401, 401,
		]);
		// Also where the server was started in between, which made an empty database beside the file.
		await after.close();
		rmSync(databasePath(server.dataDir));
		await (await build({ dataDir: server.dataDir })).close();
		expect(restore(server.dataDir, backup).withdrawn).toHaveLength(6);
	});

	it("names the accounts that have an older password again", async () => {
		const { server, rin, backup } = await scene();
		server.clock.advance(5);
		const passwords = { currentPassword: "correct horse battery", newPassword: "staple correct horse" };
		expect((await rin.request("POST", "/api/account/password", passwords)).statusCode).toBe(204);
		const newer = join(await tempDir(), "newer.db");
		writeBackup(databasePath(server.dataDir), newer);
		await server.close();
		expect(restore(server.dataDir, backup).olderPasswords).toEqual([
			expect.stringMatching(/^Rin <rin-\w+@example\.com>$/),
		]);
		// This one has the newer.
		expect(restore(server.dataDir, newer).olderPasswords).toEqual([]);
		rmSync(databasePath(server.dataDir));
		expect(restore(server.dataDir, backup).olderPasswords).toBeUndefined();
	});

	it("finds newer copies of the file in the backup's folder by itself", async () => {
		const before = await scene();
		const { server, revoked, backup } = before;
		await withdrawEverything(before);
		await server.close();
		writeBackup(databasePath(server.dataDir), join(backup, "..", "newer.db"));
		rmSync(server.dataDir, { recursive: true });
		restore(server.dataDir, backup);
		expect(await statusOf(await build({ dataDir: server.dataDir }), revoked)).toBe(401);
	});

	it("is refused where no withdrawal can be known, and goes as backed up on request", async () => {
		const before = await scene();
		const { server, revoked, jos, backup } = before;
		await withdrawEverything(before);
		await server.close();
		rmSync(server.dataDir, { recursive: true });
		rmSync(`${backup}.withdrawals.jsonl`);
		expect(() => restore(server.dataDir, backup)).toThrow(/There is no database here .* --as-backed-up/);
		expect(existsSync(server.dataDir)).toBe(false);
		// A database that was never used knows nothing either.
		await mkdir(server.dataDir);
		await (await build({ dataDir: server.dataDir })).close();
		expect(() => restore(server.dataDir, backup)).toThrow(/never used.*--as-backed-up/);
		expect(readdirSync(server.dataDir).filter((name) => name.includes("restoring"))).toEqual([]);
		expect(restore(server.dataDir, backup, { asBackedUp: true }).withdrawn).toEqual([]);
		const after = await build({ dataDir: server.dataDir });
		expect([await statusOf(after, revoked), await statusOf(after, jos)]).toEqual([200, 200]);
		expect(after.db.prepare("SELECT as_backed_up FROM restoration").pluck().all()).toEqual([1]);
	});

	it("goes on from the state as backed up: what was given up does not come back with the next restore", async () => {
		const before = await scene();
		const { server, kept, revoked, backup } = before;
		await withdrawEverything(before);
		await server.close();
		restore(server.dataDir, backup, { asBackedUp: true });
		expect(lines(server.dataDir).some(({ what }) => what === "as_backed_up")).toBe(true);
		const second = await build({ dataDir: server.dataDir });
		expect(await statusOf(second, revoked)).toBe(200);
		await second.close();
		// The database is lost now, and only the file is left, beside an older copy of it.
		rmSync(databasePath(server.dataDir));
		const again = restore(server.dataDir, backup);
		expect(again.withdrawn).toEqual([]);
		const third = await build({ dataDir: server.dataDir });
		expect([await statusOf(third, kept), await statusOf(third, revoked)]).toEqual([200, 200]);
	});

	it("remembers withdrawals of keys that the restored backup does not have", async () => {
		const { server, rin, backup } = await scene();
		const { id, secret } = await rin.createKey("Later, and leaked");
		const later = join(await tempDir(), "later.db");
		writeBackup(databasePath(server.dataDir), later);
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
		await server.close();
		restore(server.dataDir, backup);
		rmSync(withdrawalsPath(databasePath(server.dataDir)), { force: true });
		restore(server.dataDir, later);
		expect(await statusOf(await build({ dataDir: server.dataDir }), secret)).toBe(401);
	});

	it("keeps someone who joined again before the backup, and lowers a role that was lowered after it", async () => {
		const { server, rin, jo } = await scene();
		const base = `/api/workspaces/${rin.workspaceId}/people/${jo.accountId}`;
		await rin.request("DELETE", base);
		server.clock.advance(5);
		joinWorkspace(server, jo, rin.workspaceId, "admin");
		const backup = join(await tempDir(), "backup.db");
		writeBackup(databasePath(server.dataDir), backup);
		server.clock.advance(5);
		await rin.request("PATCH", base, { role: "member" });
		await server.close();
		expect(restore(server.dataDir, backup).withdrawn).toEqual([
			expect.stringMatching(/^lowered: Jo <\S+> to member of Rin's workspace$/),
		]);
	});

	it("ends sessions, links, pairings and retirements, and keys that were never used", async () => {
		const { server, rin, jo } = await scene();
		const retiring = await rin.createKey();
		const keys = `/api/workspaces/${rin.workspaceId}/keys`;
		const replacedBy = (await rin.createKey()).id;
		expect((await rin.request("POST", `${keys}/${retiring.id}/retire`, { replacedBy })).statusCode).toBe(200);
		const unused = await server.pair(rin);
		await rin.request("POST", `/api/workspaces/${rin.workspaceId}/invitations`, { role: "member" });
		await server.startPairing();
		const path = databasePath(server.dataDir);
		const backup = join(await tempDir(), "backup.db");
		writeBackup(path, backup);
		await server.close();
		restore(server.dataDir, backup);
		const after = await build({ dataDir: server.dataDir });
		const count = (sql: string) => after.db.prepare<[], number>(`SELECT count(*) FROM ${sql}`).pluck().get();
		for (const table of ["session", "invitation", "password_reset", "setup_token", "pending_sign_up", "retirement"]) {
			expect([table, count(table)]).toEqual([table, 0]);
		}
		expect(count("api_key WHERE revoked_at IS NULL AND last_without_server_at IS NULL")).toBe(0);
		expect(count("pairing WHERE ended_at IS NULL OR salt IS NOT NULL")).toBe(0);
		expect(count("api_key WHERE sealed_at IS NULL AND revoked_at IS NULL")).toBe(0);
		expect(await statusOf(after, unused.access_token)).toBe(401);
		for (const cookie of [rin.cookie, jo.cookie]) {
			const answer = await after.app.inject({ url: "/api/workspaces", headers: { cookie } });
			expect(answer.statusCode).toBe(401);
		}
	});

	it("keeps a key from Studio that was first used after the backup, as the replaced database knows", async () => {
		const { server, rin } = await scene();
		const { access_token: key } = await server.pair(rin);
		const backup = join(await tempDir(), "backup.db");
		writeBackup(databasePath(server.dataDir), backup);
		expect(await statusOf(server, key)).toBe(200);
		await server.close();
		restore(server.dataDir, backup);
		expect(await statusOf(await build({ dataDir: server.dataDir }), key)).toBe(200);
	});

	it("lowers a role that was lowered in the same millisecond as the backup", async () => {
		const { server, rin, jo, backup } = await scene();
		await rin.request("PATCH", `/api/workspaces/${rin.workspaceId}/people/${jo.accountId}`, { role: "member" });
		await server.close();
		expect(restore(server.dataDir, backup).withdrawn).toHaveLength(1);
	});

	it("applies what was withdrawn whatever another installation gave up, whose backups are in the same folder", async () => {
		const other = await scene();
		await withdrawEverything(other);
		const before = await scene();
		await withdrawEverything(before);
		const { server, revoked, backup } = before;
		await server.close();
		writeBackup(databasePath(server.dataDir), join(backup, "..", "newer.db"));
		await other.server.close();
		restore(other.server.dataDir, other.backup, { asBackedUp: true, now: Date.now() + 3_600_000 });
		writeBackup(databasePath(other.server.dataDir), join(backup, "..", "other.db"));
		// A second server that was made of a backup of this one, before this one ended.
		const copy = await tempDir();
		restore(copy, backup, { asBackedUp: true, now: 0 });
		writeBackup(databasePath(copy), join(backup, "..", "copy.db"));
		rmSync(server.dataDir, { recursive: true });
		restore(server.dataDir, backup);
		expect(await statusOf(await build({ dataDir: server.dataDir }), revoked)).toBe(401);
	});

	it("is refused where the database here is of another installation", async () => {
		const { server, backup } = await scene();
		await server.close();
		rmSync(`${backup}.withdrawals.jsonl`);
		const other = await build();
		await other.signUp("Sam");
		await other.close();
		expect(() => restore(other.dataDir, backup)).toThrow(/--as-backed-up/);
	});

	it("says until when withdrawals are known where the database here is older than the backup", async () => {
		const { server, rin, backup } = await scene();
		server.clock.advance(5);
		await rin.createKey("Later");
		const later = join(await tempDir(), "later.db");
		writeBackup(databasePath(server.dataDir), later);
		await server.close();
		expect(restore(server.dataDir, later).known.until).toBeUndefined();
		const old = await tempDir();
		restore(old, backup, { asBackedUp: true });
		const { known, backedUpAt } = restore(old, later);
		expect(known.until).toBe(backedUpAt);
	});

	it("is refused where the only file of withdrawals is of another installation", async () => {
		const other = await scene();
		await withdrawEverything(other);
		await other.server.close();
		const { server, backup } = await scene();
		await server.close();
		const foreign = withdrawalsPath(databasePath(other.server.dataDir));
		expect(() => restore(server.dataDir, backup, { files: [foreign] })).toThrow(/is of another installation/);
		rmSync(`${backup}.withdrawals.jsonl`);
		copyFileSync(foreign, join(backup, "..", "other.db.withdrawals.jsonl"));
		expect(() => restore(join(server.dataDir, "new"), backup)).toThrow(/--as-backed-up/);
		// Beside a database that cannot be read.
		writeFileSync(databasePath(other.server.dataDir), "noise");
		expect(() => restore(other.server.dataDir, backup)).toThrow(/--as-backed-up/);
	});

	it("is refused with a file of withdrawals that cannot be read, or has none", async () => {
		const { server, backup } = await scene();
		await server.close();
		const folder = await tempDir();
		const noise = join(folder, "noise");
		writeFileSync(noise, "\0\0\0\n");
		for (const file of [join(folder, "none"), folder, "/dev/zero", noise, backup]) {
			expect(() => restore(server.dataDir, backup, { files: [file] })).toThrow(/withdrawals/);
		}
	});

	it("keeps what the file did not have, or lost, for a restore after that", async () => {
		const before = await scene();
		const { server, revoked, backup } = before;
		await withdrawEverything(before);
		await server.close();
		for (const spoil of [
			(path: string) => truncateSync(path, 0),
			(path: string) => writeFileSync(path, '{"what":"complete","at":"2026-01-01T00:00:00.000Z"}\n'),
		]) {
			spoil(withdrawalsPath(databasePath(server.dataDir)));
			const newer = join(await tempDir(), "newer.db");
			writeBackup(databasePath(server.dataDir), newer);
			const dataDir = await tempDir();
			restore(dataDir, backup, { files: [`${newer}.withdrawals.jsonl`] });
			expect(await statusOf(await build({ dataDir }), revoked)).toBe(401);
		}
	});

	it("withdraws again what was given up by a restore that was then taken back", async () => {
		const before = await scene();
		const { server, revoked, backup } = before;
		await withdrawEverything(before);
		await server.close();
		const { replaced } = restore(server.dataDir, backup, { asBackedUp: true });
		restore(server.dataDir, String(replaced));
		const second = await build({ dataDir: server.dataDir });
		await second.close();
		rmSync(databasePath(server.dataDir));
		restore(server.dataDir, backup);
		expect(await statusOf(await build({ dataDir: server.dataDir }), revoked)).toBe(401);
	});

	it("does not mix up the log of a database that is gone with the restored one", async () => {
		const { server, kept, backup } = await scene();
		const database = databasePath(server.dataDir);
		const log = readFileSync(`${database}-wal`);
		await server.close();
		rmSync(database);
		writeFileSync(`${database}-wal`, log);
		restore(server.dataDir, backup);
		expect(existsSync(`${database}-wal`)).toBe(false);
		expect(await statusOf(await build({ dataDir: server.dataDir }), kept)).toBe(200);
	});
});
