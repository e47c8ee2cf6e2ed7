import { type ChildProcess, execFileSync, spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it, onTestFinished } from "vitest";

import { bundledServer } from "../bundled-server.ts";
import { freePort } from "../free-port.ts";
import { tempDir } from "../temp-dir.ts";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));
const PATIENT = { timeout: 15_000 };

/** Run in the server's main thread and its storage threads. */
const CHATTER = `setInterval(() => { console.log("out"); console.error("err"); process.emitWarning("a warning"); }, 5).unref();`;
const THREADS = `import { isMainThread } from "node:worker_threads";
	setInterval(() => console.log(isMainThread ? "from the main thread" : "from a storage thread"), 5).unref();`;
const LONG_CHATTER = `setInterval(() => console.log("x".repeat(100_000)), 5).unref();`;

interface Server {
	child: ChildProcess;
	url: string;
	refusals(count: number): Promise<void>;
	dropped(): Promise<number>;
}

/** Starts a server whose output goes to `stdio`. `script` runs in each of its threads; `command` comes before Node's. */
async function start(stdio: StdioOptions, { script = "", command = [] as string[] } = {}): Promise<Server> {
	const port = await freePort();
	const url = `http://localhost:${port}`;
	const [program, ...args] = [...command, process.execPath, ...bundledServer(), "server/start.js"];
	const child = spawn(program, args, {
		cwd: REPOSITORY,
		env: {
			PATH: process.env["PATH"] ?? "",
			PORT: String(port),
			DATA_DIR: await tempDir(),
			RATE_LIMIT_SCALE: "0",
			...(script === "" ? {} : { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` }),
		},
		stdio,
	});
	const exited = once(child, "exit");
	onTestFinished(async () => {
		child.kill("SIGKILL");
		await exited;
	});
	const answers = () =>
		fetch(`${url}/healthz`).then(
			({ status }) => status,
			() => 0,
		);
	await expect.poll(answers, { timeout: 20_000, interval: 50 }).toBe(200);
	return {
		child,
		url,
		async refusals(count) {
			for (let request = 0; request < count; request++) {
				const path = `/v1/whoami?${request}`;
				expect((await fetch(url + path, { headers: { "x-api-key": "nonsense" } })).status).toBe(401);
			}
		},
		async dropped() {
			const text = await (await fetch(`${url}/metrics`)).text();
			return Number(/^auxvyn_log_lines_dropped_total (\d+)$/m.exec(text)?.[1]);
		},
	};
}

function isAlive({ child }: Server): boolean {
	return child.exitCode === null && child.signalCode === null;
}

/** Whether this user may mount a file system of its own. */
function canMount(): boolean {
	try {
		execFileSync("unshare", ["-Urm", "true"], { stdio: "ignore" });
		return true;
	} catch {
		return false;
	}
}

describe("a server whose log", () => {
	it("has lost its reader serves on, and counts the lines that it drops", async () => {
		const server = await start(["ignore", "pipe", "pipe"], { script: CHATTER });
		server.child.stdout?.destroy();
		server.child.stderr?.destroy();
		await expect.poll(server.dropped, PATIENT).toBeGreaterThan(20);
		await server.refusals(30);
		expect(isAlive(server)).toBe(true);
	});

	it.runIf(process.platform === "linux")("is on a full disk from the start serves on", async () => {
		const full = openSync("/dev/full", "w");
		const server = await start(["ignore", full, full], { script: CHATTER });
		closeSync(full);
		await expect.poll(server.dropped, PATIENT).toBeGreaterThan(20);
		await server.refusals(30);
		expect(isAlive(server)).toBe(true);
	});

	it("is no longer read serves on, and keeps little of it in memory", async () => {
		const server = await start(["ignore", "pipe", "ignore"], { script: LONG_CHATTER });
		await expect.poll(server.dropped, PATIENT).toBeGreaterThan(50);
		await server.refusals(3);
		server.child.stdout?.resume();
		const before = await server.dropped();
		let output = "";
		server.child.stdout?.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
		await expect.poll(() => output, PATIENT).toContain("could not be written");
		expect(Number(/"dropped":(\d+)/.exec(output)?.[1])).toBeGreaterThanOrEqual(before);
	});

	it.runIf(process.platform !== "win32")("finds a new reader goes on, and says how much is missing", async () => {
		const pipe = join(await tempDir(), "log");
		execFileSync("mkfifo", [pipe]);
		const [first, writer] = await Promise.all([open(pipe, "r"), open(pipe, "w")]);
		const server = await start(["ignore", writer.fd, "ignore"], { script: THREADS });
		await writer.close();
		await first.close();
		await expect.poll(server.dropped, PATIENT).toBeGreaterThan(20);

		const second = await open(pipe, "r");
		onTestFinished(() => second.close());
		let output = "";
		second.createReadStream({ encoding: "utf8", autoClose: false }).on("data", (chunk) => (output += String(chunk)));
		await expect.poll(() => output, PATIENT).toContain("from a storage thread");
		await expect.poll(() => output, PATIENT).toMatch(/"dropped":\d+,"msg":"lines of the log could not be written/);
	});

	it.runIf(canMount())("is on a disk that was full goes on once there is space", async () => {
		const folder = await tempDir();
		const script = 'mount -t tmpfs -o size=64k none "$0" && exec 1>>"$0/log" && echo begun && exec "$@"';
		const command = ["unshare", "-Urm", "bash", "-c", script, folder];
		const server = await start("ignore", { command, script: `setInterval(() => console.log("x".repeat(1000)), 5)` });
		await expect.poll(server.dropped, PATIENT).toBeGreaterThan(20);
		// The disk as the server sees it.
		const disk = join("/proc", String(server.child.pid), "root", folder);
		const log = await open(join(disk, "log"), "r+");
		onTestFinished(() => log.close());
		await log.truncate(0);
		const lines = async () => (await log.readFile({ encoding: "utf8" })).split("\n");
		await expect.poll(lines, PATIENT).toContainEqual(expect.stringContaining("could not be written"));
	});
});
