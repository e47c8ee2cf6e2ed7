import { Agent, request as send } from "node:http";
import { text } from "node:stream/consumers";

import { onTestFinished } from "vitest";

import { serverEnv } from "../postgres/fault-fixture.ts";
import { PostgresProxy } from "../postgres/proxy.ts";
import { type ServerProcess, startServer } from "../server/server-process.ts";
import { tempDir } from "../server/temp-dir.ts";
import type { Answer, Request, Server } from "./record.ts";

/** Far longer than any answer or fault takes. */
const GIVE_UP_MS = 60_000;

/** A server in a process of its own, with a proxy of its own before PostgreSQL. */
export interface ProcessServer extends Server {
	/** Where it listens now. */
	readonly url: string;
	readonly proxy: PostgresProxy;
	/** SIGKILL. */
	kill(): Promise<void>;
	/** Starts it again in its folder, on another port. */
	launch(): Promise<void>;
	/** Stops the process, or lets it go on. */
	pause(isPaused: boolean): void;
}

/** @param databaseUrl of PostgreSQL itself */
export async function startProcessServer(number: number, databaseUrl: string): Promise<ProcessServer> {
	const proxy = await PostgresProxy.start(Number(new URL(databaseUrl).port));
	onTestFinished(() => proxy.close());
	const agent = new Agent({ keepAlive: true });
	onTestFinished(() => agent.destroy());
	const env = { ...serverEnv(proxy.through(databaseUrl)), DATA_DIR: await tempDir(), LOG_LEVEL: "fatal" };
	const start = () => startServer(env);
	let current: ServerProcess = await start();
	onTestFinished(() => current.kill());

	return {
		number,
		proxy,
		get url() {
			return `http://127.0.0.1:${current.port}`;
		},
		ask: (request) => ask(current.port, agent, request),
		async kill() {
			const { exitCode, signalCode } = current.child;
			if (exitCode !== null || signalCode !== null)
				throw new Error(`Server ${number} had ended by itself:\n${current.output()}`);
			await current.kill();
		},
		async launch() {
			current = await start();
		},
		pause(isPaused) {
			current.child.kill(isPaused ? "SIGSTOP" : "SIGCONT");
		},
	};
}

function ask(port: number, agent: Agent, { method, url, headers, payload }: Request): Promise<Answer | undefined> {
	const body = payload === undefined ? undefined : JSON.stringify(payload);
	const all = body === undefined ? headers : { ...headers, "content-type": "application/json" };
	const options = { host: "127.0.0.1", port, agent, method, path: url, headers: all, timeout: GIVE_UP_MS };
	return new Promise((resolve) => {
		const none = () => resolve(undefined);
		const sent = send(options, (response) => {
			text(response).then((read) => resolve({ status: response.statusCode ?? 0, body: read }), none);
		});
		sent.on("error", none);
		sent.on("timeout", () => sent.destroy());
		sent.end(body);
	});
}
