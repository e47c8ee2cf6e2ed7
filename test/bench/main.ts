import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import Database from "better-sqlite3";

import { digestOf, digestPrefix, generateKey } from "../../server/keys/secret.ts";
import { freePort } from "../server/free-port.ts";
import { signUpAt } from "../server/person.ts";
import { startServer } from "../server/server-process.ts";
import { measure, median } from "./load.ts";

const ROUNDS = 7;
const SECONDS = 2;
const KEYS = 100_000;

/** Figures for the README: every server measured in turn, round by round, so that a busy machine is unfair to all alike. */
const dataDir = await mkdtemp(join(tmpdir(), "auxvyn-bench-"));
const server = await startServer({ DATA_DIR: dataDir, RATE_LIMIT_SCALE: "0" });
const bare = await startBare();
try {
	const rin = await signUpAt(server.url);
	const { secret } = await rin.createKey("Production");
	const many = insertKeys(join(dataDir, "auxvyn.db"), rin.workspaceId, KEYS);
	const request = (key: string, path = "/v1/whoami") =>
		`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nX-Auxvyn-Server: 0a1b2c3d-0000-4000-8000-0123456789ab\r\n\r\n`;
	const one = request(secret);
	const proxied = request(secret, "/v1/forward-auth");
	const requests = many.map((key) => request(key));
	const contestants: [string, number, (index: number) => string][] = [
		["bare Fastify, nothing looked up", bare.port, () => one],
		["whoami, one key", server.port, () => one],
		[`whoami, ${KEYS.toLocaleString("en")} keys in turn`, server.port, (index) => requests[index % KEYS] ?? one],
		["forward-auth, one key", server.port, () => proxied],
	];
	const rates = contestants.map((): number[] => []);
	for (let round = 0; round < ROUNDS; round++) {
		for (const [place, [, port, requestOf]] of contestants.entries()) {
			rates[place]?.push(await measure(port, requestOf, SECONDS));
		}
		console.error(`round ${round + 1} of ${ROUNDS}`);
	}
	const baseline = rates[0] ?? [];
	console.log(`\nMedians of ${ROUNDS} alternating rounds of ${SECONDS} s, Node ${process.versions.node}:\n`);
	for (const [place, [name]] of contestants.entries()) {
		const own = rates[place] ?? [];
		const ratio = median(own.map((rate, round) => rate / (baseline[round] ?? Number.NaN)));
		console.log(
			`${name.padEnd(36)} ${Math.round(median(own)).toString().padStart(7)} requests/s   ${ratio.toFixed(2)} × bare`,
		);
	}
} finally {
	await server.stop();
	bare.stop();
	await rm(dataDir, { recursive: true, force: true });
}

async function startBare(): Promise<{ port: number; stop(): void }> {
	const port = await freePort();
	const child = spawn(process.execPath, [fileURLToPath(new URL("bare-server.ts", import.meta.url))], {
		env: { ...process.env, PORT: String(port) },
		stdio: ["ignore", "pipe", "inherit"],
	});
	await once(child.stdout, "data");
	return { port, stop: () => void child.kill() };
}

/** As if each had been generated in the dashboard. */
function insertKeys(path: string, workspaceId: string, count: number): string[] {
	const db = new Database(path, { timeout: 5_000 });
	const insert =
		db.prepare(`INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, hint, origin, created_at, sealed_at)
		VALUES (?, ?, ?, ?, 'Load', 'abcd', 'dashboard', 1, 1)`);
	const secrets = Array.from({ length: count }, generateKey);
	db.transaction(() => {
		for (const [index, secret] of secrets.entries()) {
			const digest = digestOf(secret);
			insert.run(digestPrefix(digest), Buffer.from(digest, "hex"), `key_load${index}`, workspaceId);
		}
	})();
	db.close();
	return secrets;
}
