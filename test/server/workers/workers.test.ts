import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { type RemotePerson, signUpAt } from "../person.ts";
import { settingsFor } from "../process-settings.ts";
import { openConnection, type RawConnection } from "../raw-connection.ts";
import { runCommand } from "../run-command.ts";
import { type ServerProcess, startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";
import { oneProcess } from "../two-processes.ts";
import { isRunning, logLines, pidsOf } from "./log-lines.ts";

const WORKERS = 2;
/** Of refused keys a minute, per address: half of what is allowed otherwise. */
const REFUSED = 300;
const SETTINGS = {
	WEB_CONCURRENCY: String(WORKERS),
	RATE_LIMIT_SCALE: "0.5",
	SIGN_UP: "invite",
	DISK_FLOOR_MB: "0",
	LOG_LEVEL: "info",
};
/** Connections are given to the processes in turn. */
const CONNECTIONS = 8;

async function statusOf(connection: RawConnection, key: string): Promise<number> {
	connection.send(`GET /v1/whoami HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: ${key}\r\n\r\n`);
	return (await connection.response()).status;
}

/** One after another, so that each finds what the ones before have changed. */
async function statusesOf(connections: readonly RawConnection[], key: string): Promise<number[]> {
	const statuses: number[] = [];
	for (const connection of connections) statuses.push(await statusOf(connection, key));
	return statuses;
}

/** A figure of the process that has the connection. */
async function figure(connection: RawConnection, name: string): Promise<number> {
	connection.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
	const { body } = await connection.response();
	return Number(
		body
			.split("\n")
			.find((line) => line.startsWith(`auxvyn_${name} `))
			?.split(" ")
			.at(-1),
	);
}

const ACCEPTED = 'authentications_total{outcome="accepted"}';

describe("npm start with WEB_CONCURRENCY=2", () => {
	const started = oneProcess(SETTINGS);
	let server: ServerProcess;
	let rin: RemotePerson;
	let connections: RawConnection[] = [];

	async function connect(): Promise<void> {
		for (const { socket } of connections) socket.destroy();
		connections = [];
		// In turn, as they are given to the processes.
		while (connections.length < CONNECTIONS) connections.push(await openConnection(server.port));
	}

	beforeAll(async () => {
		({ server } = started);
		rin = await signUpAt(server.url, "Rin", server.url, await server.setupToken());
		await connect();
	});
	afterAll(() => {
		for (const { socket } of connections) socket.destroy();
	});

	// In order: each goes on where the one before has left the server.
	it("says once where it is and how to begin, when all its processes listen", () => {
		const forPeople = server
			.output()
			.split("\n")
			.filter((line) => line !== "" && !line.startsWith("{"));
		expect(forPeople).toEqual([
			`Auxvyn is ready: open ${server.url}`,
			expect.stringMatching(/^Create the first account, once, within 24 hours: /),
		]);
		for (const worker of [1, 2]) expect(pidsOf(server, worker)).toHaveLength(1);
		expect(logLines(server).filter(({ worker }) => worker === undefined)).toEqual([]);
	});

	it("refuses a revoked key from the first request on, on connections of every process", async () => {
		for (let round = 0; round < 5; round++) {
			const { key, secret } = await rin.createKey(`Round ${round}`);
			expect(await statusesOf(connections, secret)).toEqual(connections.map(() => 200));
			expect((await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`)).status).toBe(204);
			expect(await statusesOf(connections, secret)).toEqual(connections.map(() => 401));
		}
	});

	it("shows the sum of all processes in the metrics of each", async () => {
		for (const connection of connections) {
			expect(await figure(connection, ACCEPTED)).toBe(5 * CONNECTIONS);
			expect(await figure(connection, "workers_answered")).toBe(WORKERS);
		}
	});

	it("goes on when a process is killed, replaces it, and forgets none of its figures", async () => {
		const { secret } = await rin.createKey("Lasting");
		const [killed = 0] = pidsOf(server, 1);
		process.kill(killed, "SIGKILL");
		const outcomes = connections.map((each) => statusOf(each, secret).catch(() => "ended"));
		// Those of the other process are answered.
		expect(new Set(await Promise.all(outcomes))).toEqual(new Set([200, "ended"]));
		await expect.poll(() => pidsOf(server, 1), { timeout: 30_000 }).toHaveLength(2);
		const aboutIt = logLines(server).filter(({ msg }) => msg.includes("takes its place"));
		expect(aboutIt).toMatchObject([{ worker: 1, msg: "Worker 1 was ended by SIGKILL. Another takes its place now." }]);
		await connect();
		expect(await statusesOf(connections, secret)).toEqual(connections.map(() => 200));
		for (const connection of connections) {
			expect(await figure(connection, ACCEPTED)).toBeGreaterThanOrEqual(6 * CONNECTIONS);
			expect(await figure(connection, "workers_replaced_total")).toBe(1);
		}
	});

	it("limits guesses at keys by all that its processes have seen", async () => {
		const [first, ...others] = connections;
		if (first === undefined) throw new TypeError("There is no connection.");
		let status = 0;
		for (let guesses = 0; status !== 429 && guesses <= REFUSED; guesses++) status = await statusOf(first, "guess");
		expect(status).toBe(429);
		let allowed = 0;
		const guess = async (): Promise<boolean> => {
			const statuses = await statusesOf(others, "guess");
			allowed += statuses.filter((each) => each === 401).length;
			return statuses.every((each) => each === 429);
		};
		await expect.poll(guess).toBe(true);
		expect(allowed).toBeLessThan(REFUSED / 2);
	});

	it("ends with all its processes on SIGTERM", async () => {
		const pids = [1, 2].flatMap((worker) => pidsOf(server, worker));
		expect(await server.stop()).toBe(0);
		expect(pids.filter(isRunning)).toEqual([]);
		const fromPrimary = logLines(server).filter(({ pid }) => pid === server.child.pid);
		expect(fromPrimary).toMatchObject([{ msg: expect.stringContaining("takes its place") as string }]);
	});
});

it("all processes end in good order on Ctrl-C, which reaches each of them", async () => {
	const server = await startServer({ ...(await settingsFor(await tempDir())), ...SETTINGS });
	const pids = [1, 2].flatMap((worker) => pidsOf(server, worker));
	await server.setupToken();
	const before = server.output().length;
	const closed = once(server.child, "close");
	for (const pid of [...pids, server.child.pid ?? 0]) process.kill(pid, "SIGINT");
	expect(await closed).toEqual([0, null]);
	expect(server.output().slice(before)).toBe("");
});

it("a process that cannot be started is tried again, until the machine has room", async () => {
	const server = await startServer({ ...(await settingsFor(await tempDir())), ...SETTINGS });
	const limitFiles = (limit: string) => execFileSync("prlimit", [`--pid=${server.child.pid}`, `--nofile=${limit}`]);
	limitFiles("3:");
	process.kill(pidsOf(server, 1)[0] ?? 0, "SIGKILL");
	const failed = () => logLines(server).find(({ msg }) => msg.includes("could not be started"))?.msg;
	await expect.poll(failed).toMatch(/^Worker 1 .*EMFILE.*Another takes its place in 1 s\.$/);
	limitFiles("1024:");
	await expect.poll(() => pidsOf(server, 1), { timeout: 30_000 }).toHaveLength(2);
	expect(await server.stop()).toBe(0);
});

it("no process is left when the one that started them is killed", async () => {
	const server = await startServer({ ...(await settingsFor(await tempDir())), ...SETTINGS });
	const pids = [1, 2].flatMap((worker) => pidsOf(server, worker));
	expect(pids.filter(isRunning)).toHaveLength(WORKERS);
	await server.kill();
	await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([]);
});

it("a start with several processes that fails says why in one line, and exits with 1", async () => {
	const blocker = createServer().listen(0, "127.0.0.1");
	onTestFinished(() => void blocker.close());
	await once(blocker, "listening");
	const { port } = blocker.address() as AddressInfo;
	const env = { ...SETTINGS, DATA_DIR: await tempDir(), PORT: String(port), LOG_LEVEL: "warn" };
	const { code, stdout, stderr } = await runCommand("start", [], env);
	expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
	expect(stderr).toBe(`Port ${port} is in use: stop the program that uses it, or set another PORT.\n`);
});
