import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { bundledServer } from "./bundled-server.ts";
import { freePort } from "./free-port.ts";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const START_TIMEOUT_MS = 60_000;
const SETUP_LINK = /http\S+\/setup#token=(\S{43})$/m;

export interface ServerProcess {
	url: string;
	port: number;
	child: ChildProcess;
	/** Everything it has printed. */
	output(): string;
	/** The token in the set-up link that it prints while there is no account. */
	setupToken(): Promise<string>;
	/** SIGTERM; resolves with the exit code. */
	stop(): Promise<number | null>;
	/** SIGKILL, like a power cut. */
	kill(): Promise<void>;
}

/**
 * Runs what `npm start` runs, on a free port, without building the plugin, and open for sign-ups. `folder`: the checkout to run, this one by
 * default.
 */
export async function startServer(env: Record<string, string>, folder = REPOSITORY): Promise<ServerProcess> {
	const port = Number(env["PORT"] ?? (await freePort()));
	const url = env["PUBLIC_URL"] ?? `http://localhost:${port}`;
	const faster = folder === REPOSITORY ? bundledServer() : [];
	const child = spawn(process.execPath, [...faster, "server/start.js"], {
		cwd: folder,
		env: {
			PATH: process.env["PATH"] ?? "",
			PORT: String(port),
			SIGN_UP: "open",
			// On PostgreSQL it has to be set.
			...(env["DATABASE_URL"] !== undefined && { PUBLIC_URL: url }),
			...env,
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	const exited = once(child, "exit");
	const ready = new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`The server did not start:\n${output}`)), START_TIMEOUT_MS);
		const listen = (chunk: Buffer): void => {
			output += chunk.toString();
			if (!output.includes("Auxvyn is ready")) return;
			clearTimeout(timer);
			resolve();
		};
		child.stdout.on("data", listen);
		child.stderr.on("data", listen);
		void exited.then(() => {
			clearTimeout(timer);
			reject(new Error(`The server ended:\n${output}`));
		});
	});
	const end = async (signal: NodeJS.Signals): Promise<number | null> => {
		if (child.exitCode === null && child.signalCode === null) {
			child.kill(signal);
			await exited;
		}
		return child.exitCode;
	};
	try {
		await ready;
	} catch (error) {
		await end("SIGKILL");
		throw error;
	}
	return {
		url,
		port,
		child,
		output: () => output,
		async setupToken() {
			for (;;) {
				const token = SETUP_LINK.exec(output)?.[1];
				if (token !== undefined) return token;
				await once(child.stdout, "data");
			}
		},
		stop: () => end("SIGTERM"),
		kill: async () => {
			await end("SIGKILL");
		},
	};
}
