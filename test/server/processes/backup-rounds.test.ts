import { readdirSync, statSync } from "node:fs";
import { copyFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import Database from "better-sqlite3";
import { expect, it, onTestFinished } from "vitest";

import { signInAt, signUpAt } from "../person.ts";
import { runCommand } from "../run-command.ts";
import { type ServerProcess, startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";

/** `AUXVYN_BACKUP_ROUNDS=50 npx vitest run test/server/processes/backup-rounds.test.ts` plays so many. */
const ROUNDS = Number(process.env["AUXVYN_BACKUP_ROUNDS"] ?? 3);
const WRITERS = 4;
/** Acknowledged keys that each half of a round waits for. */
const KEYS_PER_HALF = 20;

interface Acknowledged {
	/** Secrets by id. */
	keys: Map<string, string>;
	revoked: Set<string>;
}

type Person = Awaited<ReturnType<typeof signUpAt>>;

/** Creates keys and revokes every third one, until the server is gone. */
async function write(rin: Person, acknowledged: Acknowledged): Promise<void> {
	for (let count = 0; ; count++) {
		try {
			const { key, secret } = await rin.createKey(`Key ${count}`);
			acknowledged.keys.set(key.id, secret);
			if (count % 3 !== 0) continue;
			const answer = await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`);
			if (answer.status === 204) acknowledged.revoked.add(key.id);
		} catch {
			return;
		}
	}
}

function states(path: string): Map<string, "active" | "revoked"> {
	const db = new Database(path, { readonly: true });
	try {
		expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
		const rows = db.prepare<[], { id: string; at: number | null }>("SELECT id, revoked_at AS at FROM api_key").all();
		return new Map(rows.map(({ id, at }) => [id, at === null ? "active" : "revoked"]));
	} finally {
		db.close();
	}
}

function exposed(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && (statSync(join(entry.parentPath, entry.name)).mode & 0o077) !== 0)
		.map(({ name }) => name);
}

async function statusOf(server: ServerProcess, secret: string): Promise<number> {
	return (await fetch(`${server.url}/v1/whoami`, { headers: { "x-api-key": secret } })).status;
}

it(
	"a backup under load, a kill and a restore lose no acknowledged key, and revive no acknowledged revocation",
	async () => {
		const folder = await tempDir();
		const dataDir = join(folder, "data");
		const env = { DATA_DIR: dataDir, RATE_LIMIT_SCALE: "0" };
		const database = join(dataDir, "auxvyn.db");
		await mkdir(join(folder, "copies"));
		let server = await startServer(env);
		onTestFinished(() => server.kill());
		const rin = await signUpAt(server.url);
		const everything: Acknowledged = { keys: new Map(), revoked: new Set() };

		for (let round = 0; round < ROUNDS; round++) {
			const acknowledged: Acknowledged = { keys: new Map(), revoked: new Set() };
			const person = await signInAt(server.url, rin);
			const writers = Array.from({ length: WRITERS }, () => write(person, acknowledged));
			await expect.poll(() => acknowledged.keys.size, { timeout: 60_000, interval: 5 }).toBeGreaterThan(KEYS_PER_HALF);
			const before = { keys: new Map(acknowledged.keys), revoked: new Set(acknowledged.revoked) };
			const backup = join(folder, "copies", `round-${round}.db`);
			expect(await runCommand("backup", [backup], env)).toMatchObject({ code: 0, stderr: "" });
			const half = acknowledged.keys.size + KEYS_PER_HALF;
			await expect.poll(() => acknowledged.keys.size, { timeout: 60_000, interval: 5 }).toBeGreaterThan(half);
			await server.kill();
			await Promise.all(writers);
			expect((await stat(`${database}-wal`)).size).toBeGreaterThan(0);

			// Every other time the database is lost, and the file of withdrawals has to do.
			const isLost = round % 2 === 1;
			if (isLost) {
				await copyFile(join(dataDir, "withdrawals.jsonl"), join(folder, "copies", "withdrawals.jsonl"));
				await rm(dataDir, { recursive: true });
			}
			const restored = await runCommand("restore", [backup], env);
			expect(restored).toMatchObject({ code: 0, stderr: "" });

			const found = states(database);
			for (const id of acknowledged.revoked) {
				if (found.has(id)) expect(found.get(id), `revoked ${id}`).toBe("revoked");
			}
			for (const id of before.keys.keys()) expect(found.has(id), `created ${id}`).toBe(true);
			for (const [id, secret] of everything.keys) {
				expect(found.get(id), `of an earlier round: ${secret.slice(-4)}`).toBe(
					everything.revoked.has(id) ? "revoked" : "active",
				);
			}
			if (!isLost) {
				const aside = (await readdir(dataDir)).find((name) => name.includes(".replaced-"));
				const replaced = states(join(dataDir, String(aside)));
				for (const id of acknowledged.keys.keys()) expect(replaced.has(id), `kept ${id}`).toBe(true);
				for (const id of acknowledged.revoked) expect(replaced.get(id), `kept revoked ${id}`).toBe("revoked");
				const since = [...replaced].filter(([id, state]) => state === "active" && !found.has(id));
				expect(restored.stdout).toContain(`do not work any more: ${since.length}\n`);
				await rm(join(dataDir, String(aside)));
			}
			if (process.platform !== "win32") expect(exposed(folder)).toEqual([]);

			server = await startServer(env);
			const old = await fetch(`${server.url}/api/workspaces`, { headers: { cookie: person.cookie() } });
			expect(old.status).toBe(401);
			for (const [id, secret] of acknowledged.keys) {
				const state = found.get(id);
				if (state === undefined) continue;
				expect(await statusOf(server, secret)).toBe(state === "active" ? 200 : 401);
				everything.keys.set(id, secret);
				if (state === "revoked") everything.revoked.add(id);
			}
		}
		await server.stop();
	},
	ROUNDS * 60_000,
);
