import { spawn } from "node:child_process";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import { freePort } from "../server/free-port.ts";

const RETRY_MS = 50;
const START_TIMEOUT_MS = 30_000;

export interface Answer {
	status: number;
	contentType: string | null;
	/** `WWW-Authenticate` */
	challenge: string | null;
	retryAfter: string | null;
	/** Of JSON. */
	body: unknown;
}

export interface BackendProcess {
	/** Requests `/scores` with these headers, sent as they are. */
	get(headers: [string, string][]): Promise<Answer>;
	/** Everything it has printed. */
	output(): string;
	stop(): Promise<void>;
}

/** Starts a backend, which listens on `PORT`. */
export async function startBackend(
	[program, ...args]: [string, ...string[]],
	{ cwd, env }: { cwd: string; env: Record<string, string> },
): Promise<BackendProcess> {
	const port = await freePort();
	const child = spawn(program, args, {
		cwd,
		env: { PATH: process.env["PATH"], ...env, PORT: String(port) },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
	const ended = once(child, "close");
	const stop = async () => {
		child.kill("SIGKILL");
		await ended;
	};
	const until = Date.now() + START_TIMEOUT_MS;
	while (!(await listens(port))) {
		if (child.exitCode !== null || Date.now() > until) {
			await stop();
			throw new Error(`The backend did not start:\n${output}`);
		}
		await delay(RETRY_MS);
	}
	return { get: (headers) => get(port, headers), output: () => output, stop };
}

async function get(port: number, headers: [string, string][]): Promise<Answer> {
	const sent = request({ host: "localhost", port, path: "/scores", headers: ["host", "localhost", ...headers.flat()] });
	sent.end();
	const [answer] = (await once(sent, "response")) as [IncomingMessage];
	const text = (await answer.setEncoding("utf8").toArray()).join("");
	return {
		status: answer.statusCode ?? 0,
		contentType: answer.headers["content-type"]?.split(";")[0] ?? null,
		challenge: answer.headers["www-authenticate"] ?? null,
		retryAfter: answer.headers["retry-after"] ?? null,
		body: JSON.parse(text) as unknown,
	};
}

function listens(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, "localhost");
		socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
		socket.once("connect", () => socket.destroy());
	});
}
