import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePort } from "../free-port.ts";
import { findProxy, type ProxyName } from "./find-proxy.ts";

const START_TIMEOUT_MS = 15_000;
const RETRY_MS = 50;

export interface RunningProxy {
	port: number;
	/** Everything it has logged. */
	output(): string;
	stop(): Promise<void>;
}

/** Starts a real reverse proxy with a configuration that listens on `port`. */
export async function startProxy(
	name: ProxyName,
	configure: (at: { port: number; folder: string }) => string,
): Promise<RunningProxy> {
	const file = await findProxy(name);
	const folder = await mkdtemp(join(tmpdir(), "auxvyn-proxy-"));
	const port = await freePort();
	const config = join(folder, "proxy.conf");
	await writeFile(config, configure({ port, folder }));
	const args =
		name === "nginx"
			? ["-c", config, "-p", folder, "-e", "stderr"]
			: ["run", "--adapter", "caddyfile", "--config", config];
	const child = spawn(file, args, { env: { ...process.env, HOME: folder }, stdio: ["ignore", "pipe", "pipe"] });
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

export interface Api {
	port: number;
	close(): Promise<void>;
}

/** The API behind the proxy: says whose key it was told, and reads every body. */
export async function startApi(): Promise<Api> {
	const server = createServer({ maxHeaderSize: 64 * 1024 }, (request, response) => {
		request.resume().on("end", () => response.end(`key ${String(request.headers["x-auxvyn-key-id"])}`));
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("The API has no port.");
	return {
		port: address.port,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, "close");
		},
	};
}
