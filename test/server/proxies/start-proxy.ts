import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePort } from "../free-port.ts";
import { findProxy, type ProxyName } from "./find-proxy.ts";

const START_TIMEOUT_MS = 15_000;
const RETRY_MS = 50;

/** Where a proxy is to listen, and its folder for files. */
export interface Place {
	port: number;
	folder: string;
}

export interface RunningProxy {
	port: number;
	/** Everything it has logged. */
	output(): string;
	stop(): Promise<void>;
}

const ARGUMENTS: Record<ProxyName, (config: string, folder: string) => string[]> = {
	nginx: (config, folder) => ["-c", config, "-p", folder, "-e", "stderr"],
	caddy: (config) => ["run", "--adapter", "caddyfile", "--config", config],
	haproxy: (config) => ["-db", "-f", config],
	traefik: (config) => [`--configFile=${config}`],
	envoy: (config) => ["-c", config, "--use-dynamic-base-id", "--concurrency", "1", "--log-level", "warn"],
};

/** Starts a real reverse proxy with a configuration that listens on `port`. */
export async function startProxy(
	name: ProxyName,
	configure: (at: Place) => string | Promise<string>,
	env: Record<string, string> = {},
): Promise<RunningProxy> {
	const file = await findProxy(name);
	const folder = await mkdtemp(join(tmpdir(), "auxvyn-proxy-"));
	const port = await freePort();
	const config = join(folder, name === "traefik" || name === "envoy" ? "proxy.yaml" : "proxy.conf");
	await writeFile(config, await configure({ port, folder }));
	const child = spawn(file, ARGUMENTS[name](config, folder), {
		env: { ...process.env, HOME: folder, ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
	const exited = once(child, "exit");
	const stop = async () => {
		if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
		await exited;
		await rm(folder, { recursive: true, force: true });
	};
	const until = Date.now() + START_TIMEOUT_MS;
	while (!(await listens(port))) {
		if (child.exitCode !== null || Date.now() > until) {
			await stop();
			throw new Error(`${name} did not start:\n${output}`);
		}
		await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
	}
	return { port, output: () => output, stop };
}

function listens(port: number): Promise<boolean> {
	const socket = connect(port, "127.0.0.1");
	return new Promise((resolve) => {
		socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
	}).then((found) => {
		socket.destroy();
		return found as boolean;
	});
}
