import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import Database from "better-sqlite3";

import { freePort } from "../server/free-port.ts";
import { type RemotePerson, signUpAt } from "../server/person.ts";
import { type ServerProcess, startServer } from "../server/server-process.ts";
import { insertKeys } from "./many-keys.ts";

/** A server under test, with its own database and a person who has keys there. */
export interface Contestant {
	name: string;
	server: ServerProcess;
	rin: RemotePerson;
	/** The newest key. */
	secret: string;
	/** All the other keys. */
	secrets: string[];
	databasePath: string;
	/** Has another program hold the lock that writes need, as for a dump or a migration. Resolves to what releases it. */
	lock(): Promise<() => Promise<void>>;
	stop(): Promise<void>;
}

export interface ContestantOptions {
	name: string;
	/** The checkout to start. Default: this one. */
	folder: string | undefined;
	env?: Record<string, string>;
	keys: number;
}

export async function startContestant({ name, folder, env = {}, keys }: ContestantOptions): Promise<Contestant> {
	const dataDir = await mkdtemp(join(tmpdir(), "auxvyn-bench-"));
	const databasePath = join(dataDir, "auxvyn.db");
	const server = await startServer({ DATA_DIR: dataDir, RATE_LIMIT_SCALE: "0", SIGN_UP: "open", ...env }, folder);
	const rin = await signUpAt(server.url);
	const { secret } = await rin.createKey("Production");
	const secrets = insertKeys(databasePath, rin.workspaceId, keys);
	return {
		name,
		server,
		rin,
		secret,
		secrets,
		databasePath,
		async lock() {
			const db = new Database(databasePath, { timeout: 5_000 });
			db.exec("BEGIN IMMEDIATE");
			return async () => void db.close();
		},
		async stop() {
			await server.stop();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

/** The minimum that any server spends. @param answer what it sends */
export async function startBare(
	answer: string,
	kind: "fastify" | "http",
): Promise<{ port: number; pid: number; stop(): void }> {
	const port = await freePort();
	const child = spawn(process.execPath, [fileURLToPath(new URL("bare-server.ts", import.meta.url))], {
		env: { ...process.env, PORT: String(port), ANSWER: answer, KIND: kind },
		stdio: ["ignore", "pipe", "inherit"],
	});
	await once(child.stdout, "data");
	return { port, pid: child.pid ?? 0, stop: () => void child.kill() };
}
