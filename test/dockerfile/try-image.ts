import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { runIn, startIn } from "../debian/root.ts";
import { signUpAt } from "../server/person.ts";
import type { Built } from "./build-stages.ts";

const START_TIMEOUT_MS = 60_000;
const SETUP_TOKEN = /\/setup#token=([\w-]{43})/;
/** As docs/production.md has them, by `docker compose exec`. */
const COMMANDS = [["server/doctor.js"], ["server/create-account.js", "you@example.com"]];

export interface Outcome {
	readyAfterMs: number;
	/** The status of the dashboard's page. */
	page: number;
	/** The status of a request with a key, and with that key deleted. */
	key: number[];
	/** Exit codes of the health check: while the server runs, and once it has ended. */
	healthcheck: (number | null)[];
	/** What the administrator's commands printed that failed. */
	failed: string[];
	/** What the container's user is told who writes to the program. */
	write: string;
	exit: { code: number | null; afterMs: number };
}

/** Runs the image as compose.yaml does: read-only, as its user, with a volume; then uses it. */
export async function tryImage({ root, stage, settings }: Built, folder: string, port: number): Promise<Outcome> {
	const volume = path.join(folder, "data");
	await mkdir(volume, { mode: 0o700 });
	// As Docker does with a new volume: it begins as the folder in the image is.
	await chown(volume, 1000, 1000);
	const sealed = { volumes: Object.fromEntries(stage.volumes.map((inside) => [inside, volume])) };
	const url = `http://localhost:${port}`;
	const inside = { ...settings, env: { ...settings.env, PUBLIC_URL: url, PORT: String(port) } };
	const run = (command: string[]) => runIn(root, inside, command, sealed);
	const isHealthy = async () => (await run(stage.healthcheck ?? [])).code;

	const startedAt = performance.now();
	const server = startIn(root, inside, stage.command ?? [], sealed);
	try {
		const output = collect(server);
		await until(() => isReady(url), server, output);
		const readyAfterMs = performance.now() - startedAt;
		await until(async () => SETUP_TOKEN.test(output()), server, output);
		const healthy = await isHealthy();
		const { status: page } = await fetch(url);
		const key = await useKey(url, SETUP_TOKEN.exec(output())?.[1]);
		const failed = [];
		for (const command of COMMANDS) {
			const { code, output: printed } = await run(["node", ...command]);
			if (code !== 0) failed.push(printed);
		}
		const { output: write } = await runIn(root, inside, ["touch", "server/planted.ts"]);
		const exit = await stop(server);
		const healthcheck = [healthy, await isHealthy()];
		return { readyAfterMs, page, key, healthcheck, failed, write: write.trim(), exit };
	} finally {
		server.kill("SIGKILL");
	}
}

async function useKey(url: string, setup: string | undefined): Promise<number[]> {
	const person = await signUpAt(url, "Rin", url, setup);
	const { key, secret } = await person.createKey("Production");
	const whoami = async () => (await fetch(`${url}/v1/whoami`, { headers: { "x-api-key": secret } })).status;
	const active = await whoami();
	await person.request("DELETE", `/api/workspaces/${person.workspaceId}/keys/${key.id}`);
	return [active, await whoami()];
}

async function stop(server: ChildProcess): Promise<Outcome["exit"]> {
	const startedAt = performance.now();
	server.kill("SIGTERM");
	const [code] = (await once(server, "exit")) as [number | null];
	return { code, afterMs: performance.now() - startedAt };
}

function collect({ stdout, stderr }: ChildProcess): () => string {
	let output = "";
	for (const stream of [stdout, stderr]) stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
	return () => output;
}

async function isReady(url: string): Promise<boolean> {
	return fetch(`${url}/readyz`).then(
		({ ok }) => ok,
		() => false,
	);
}

async function until(holds: () => Promise<boolean>, server: ChildProcess, output: () => string): Promise<void> {
	const end = performance.now() + START_TIMEOUT_MS;
	while (!(await holds())) {
		if (server.exitCode !== null || performance.now() > end) throw new Error(`It did not start:\n${output()}`);
		await sleep(50);
	}
}
