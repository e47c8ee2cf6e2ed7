import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { freePort } from "../server/free-port.ts";
import { SOME_KEYS, UNKNOWN_KEYS } from "./games.ts";
import type { Peer } from "./peers.ts";
import { asGame } from "./requests.ts";
import { KEY_PLACE } from "./wrk.ts";

/** The newest of each that npm installs together, on the 29th of November 2026. */
const PACKAGES = {
	"better-auth": "1.7.5",
	"@better-auth/api-key": "1.7.5",
	"@better-auth/core": "1.7.5",
	"@better-auth/utils": "0.4.2",
	"better-call": "1.4.0",
	"better-sqlite3": "13.2.0",
	fastify: "5.12.8",
};
const SERVER = path.join(import.meta.dirname, "better-auth-server.js");
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Better Auth's keys, behind a route of Fastify. @throws Error if npm cannot install it */
export async function startBetterAuth(): Promise<Peer> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-peer-"));
	try {
		await writeFile(path.join(folder, "package.json"), JSON.stringify({ type: "module", dependencies: PACKAGES }));
		await promisify(execFile)("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder });
		const file = path.join(folder, path.basename(SERVER));
		await copyFile(SERVER, file);
		const port = await freePort();
		const about = { PORT: String(port), DATABASE: path.join(folder, "keys.db"), KEYS: String(SOME_KEYS) };
		const child = fork(file, { env: { PATH: process.env["PATH"], NODE_ENV: "production", ...about } });
		const [keys] = (await Promise.race([
			once(child, "message"),
			once(child, "exit").then(() => Promise.reject(new Error("Better Auth did not start."))),
		])) as [string[]];
		const own = { port, pid: child.pid ?? 0, request: asGame(KEY_PLACE, "/verify") };
		const unknown = Array.from({ length: UNKNOWN_KEYS }, () => madeUpKey(keys[0]?.length ?? 0));
		return {
			contests: [
				{ ...own, name: "Better Auth, one key", keys: keys.slice(0, 1), status: 200 },
				{ ...own, name: "Better Auth, 1,000 keys", keys, status: 200 },
				{ ...own, name: "Better Auth, unknown keys: 401", keys: unknown, status: 401 },
			],
			about: `Better Auth ${PACKAGES["better-auth"]} with its API keys, on SQLite, without rate limits: for each request it reads the key's row, and writes lastRequest and updatedAt to it before it answers. A revoked key is refused on the next request, in every process on the database.`,
			async stop() {
				if (child.exitCode === null && child.kill()) await once(child, "exit");
				await rm(folder, { recursive: true });
			},
		};
	} catch (error) {
		await rm(folder, { recursive: true });
		throw error;
	}
}

function madeUpKey(length: number): string {
	return Array.from({ length }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)]).join("");
}
