import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { access, chown, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import pg from "pg";

import { freePort } from "../server/free-port.ts";
import { endWithUs } from "./end-with-us.ts";

/** PostgreSQL does not run as root. */
const NOBODY = 65_534;
/** In memory: a commit's fsync costs nothing, and is made all the same. */
const MEMORY = "/dev/shm";
const START_TIMEOUT_MS = 30_000;

/** What costs time, and is not needed for databases that are small and soon gone. What is durable stays so. */
const SETTINGS = {
	autovacuum: "off",
	jit: "off",
	full_page_writes: "off",
	checkpoint_timeout: "1h",
	max_connections: "300",
	shared_buffers: "64MB",
};

/** A PostgreSQL server of its own. */
export class Cluster {
	readonly port: number;
	readonly #programs: string;
	readonly #folder: string;
	readonly #end: () => Promise<void>;
	#server: ChildProcess | undefined;

	private constructor(programs: string, folder: string, port: number) {
		this.#programs = programs;
		this.#folder = folder;
		this.#end = endWithUs(folder);
		this.port = port;
	}

	/** @param settings of the server; with `inMemory: false`, its folder is on the disk */
	static async start(
		programs: string,
		{ inMemory = true, settings = {} }: { inMemory?: boolean; settings?: Record<string, string> } = {},
	): Promise<Cluster> {
		const cluster = await Cluster.#create(programs, inMemory);
		await cluster.#run("initdb", [
			"-D",
			cluster.#data,
			"-U",
			"auxvyn",
			"--auth=trust",
			"-E",
			"UTF8",
			"--locale=C",
			"--no-sync",
		]);
		await cluster.launch(settings);
		return cluster;
	}

	/** The server's process id. */
	get pid(): number | undefined {
		return this.#server?.pid;
	}

	static async #create(programs: string, inMemory = true): Promise<Cluster> {
		const parent = inMemory && (await isThere(MEMORY)) ? MEMORY : tmpdir();
		const folder = await mkdtemp(path.join(parent, "auxvyn-postgres-"));
		if (process.getuid?.() === 0) await chown(folder, NOBODY, NOBODY);
		return new Cluster(programs, folder, await freePort());
	}

	/** Starts a standby of this one. */
	async startStandby(): Promise<Cluster> {
		const standby = await Cluster.#create(this.#programs);
		const from = ["-h", "127.0.0.1", "-p", String(this.port), "-U", "auxvyn"];
		await standby.#run("pg_basebackup", ["-D", standby.#data, "-R", "-X", "stream", "-c", "fast", ...from]);
		await standby.launch();
		return standby;
	}

	get #data(): string {
		return path.join(this.#folder, "data");
	}

	url(database: string): string {
		return `postgres://auxvyn@127.0.0.1:${this.port}/${database}`;
	}

	/** Starts the server, again after `kill`. */
	async launch(settings: Record<string, string> = {}): Promise<void> {
		const all = { ...SETTINGS, listen_addresses: "127.0.0.1", port: String(this.port), ...settings };
		const given = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
		this.#server = this.#spawn("postgres", ["-D", this.#data, "-k", this.#folder, ...given]);
		const end = performance.now() + START_TIMEOUT_MS;
		while (!(await this.isReady())) {
			if (this.#server.exitCode !== null || performance.now() > end) throw new Error("PostgreSQL did not start.");
			await sleep(50);
		}
	}

	async isReady(): Promise<boolean> {
		return this.sql("postgres", "SELECT 1").then(
			() => true,
			() => false,
		);
	}

	/** Runs SQL on a connection of its own. */
	async sql<Row>(database: string, text: string): Promise<Row[]> {
		const client = new pg.Client({ connectionString: this.url(database) });
		client.on("error", () => undefined);
		try {
			await client.connect();
			return (await client.query(text)).rows as Row[];
		} finally {
			await client.end().catch(() => undefined);
		}
	}

	/** Makes a file or folder the server's own, which may run as another user. */
	async give(file: string): Promise<void> {
		if (process.getuid?.() === 0) await chown(file, NOBODY, NOBODY);
	}

	/** Puts rules before all others, of who may connect and how (pg_hba.conf). */
	async authenticate(rules: readonly string[]): Promise<void> {
		const file = path.join(this.#data, "pg_hba.conf");
		await writeFile(file, [...rules, await readFile(file, "utf8")].join("\n"));
		await this.sql("postgres", "SELECT pg_reload_conf()");
	}

	/** @returns the new database's URL */
	async createDatabase(template = "template0"): Promise<string> {
		const name = `test_${randomBytes(6).toString("hex")}`;
		await this.sql("postgres", `CREATE DATABASE ${name} TEMPLATE ${template}`);
		return this.url(name);
	}

	/** Ends it: SIGQUIT is PostgreSQL's immediate shutdown, as in a crash, and SIGINT the fast one. */
	async kill(signal: "SIGQUIT" | "SIGINT" = "SIGQUIT"): Promise<void> {
		const server = this.#server;
		if (server === undefined || server.exitCode !== null) return;
		server.kill(signal);
		await once(server, "exit");
	}

	/** Stops all its processes, or lets them go on. */
	pause(isPaused: boolean): void {
		const server = this.#server?.pid;
		if (server === undefined) return;
		// While it is stopped, it reaps none of its children: those that have ended can still be signalled.
		if (isPaused) process.kill(server, "SIGSTOP");
		const children = readFileSync(`/proc/${server}/task/${server}/children`, "utf8").split(" ");
		for (const pid of children.filter((each) => each !== "").map(Number))
			process.kill(pid, isPaused ? "SIGSTOP" : "SIGCONT");
		if (!isPaused) process.kill(server, "SIGCONT");
	}

	/** Ends it, and removes all that it left. */
	async stop(): Promise<void> {
		await this.#end();
	}

	#spawn(program: string, args: string[]): ChildProcess {
		const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
		const options = { stdio: "ignore", cwd: this.#folder, detached: true, ...user } as const;
		return spawn(path.join(this.#programs, program), args, options);
	}

	async #run(program: string, args: string[]): Promise<void> {
		const [code] = (await once(this.#spawn(program, args), "exit")) as [number | null];
		if (code !== 0) throw new Error(`${program} exited with ${String(code)}.`);
	}
}

async function isThere(file: string): Promise<boolean> {
	return access(file).then(
		() => true,
		() => false,
	);
}
