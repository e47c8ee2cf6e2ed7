import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";

import { onTestFinished } from "vitest";

import { findExecutables } from "../../plugin/build/executables.ts";
import { freePort } from "./free-port.ts";
import { tempDir } from "./temp-dir.ts";

const START_TIMEOUT_MS = 10_000;
const RETRY_MS = 20;
// Debian puts nginx where only root's PATH looks.
const PATH = `${process.env["PATH"] ?? ""}:/usr/sbin`;

export type RealProxy = "nginx" | "caddy";

/** The proxy's path; undefined if it is not installed (`apt install nginx caddy`). */
export async function findProxy(name: RealProxy): Promise<string | undefined> {
	return (await findExecutables(name, { ...process.env, PATH }))[0];
}

/** Runs a proxy whose site has these lines. Resolves to its URL once it listens; it ends with the test. */
export async function startProxy(name: RealProxy, executable: string, lines: string): Promise<string> {
	const folder = await tempDir();
	const port = await freePort();
	const file = join(folder, "config");
	await writeFile(file, name === "nginx" ? nginxConfig(folder, port, lines) : caddyConfig(port, lines));
	const options = name === "nginx" ? ["-c", file, "-e", "stderr"] : ["run", "--adapter", "caddyfile", "--config", file];
	const child = spawn(executable, options, {
		env: { PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
		stdio: ["ignore", "ignore", "pipe"],
	});
	let output = "";
	child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
	const exited = once(child, "exit");
	onTestFinished(async () => {
		child.kill("SIGTERM");
		await exited;
	});
	const timeout = AbortSignal.timeout(START_TIMEOUT_MS);
	while (!(await listens(port))) {
		if (child.exitCode !== null || timeout.aborted) throw new Error(`${name} did not start:\n${output}`);
		await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
	}
	return `http://127.0.0.1:${port}`;
}

function nginxConfig(folder: string, port: number, lines: string): string {
	const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
		(each) => `${each}_temp_path ${folder}/${each};`,
	);
	return `daemon off;
master_process off;
pid ${folder}/pid;
events {}
http {
	access_log off;
	${temporary.join("\n\t")}
	server {
		listen 127.0.0.1:${port};
${lines}
	}
}
`;
}

function caddyConfig(port: number, lines: string): string {
	return `{
	admin off
	auto_https off
}
http://127.0.0.1:${port} {
${lines}
}
`;
}

function listens(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1", () => {
			socket.destroy();
			resolve(true);
		});
		socket.on("error", () => resolve(false));
	});
}
