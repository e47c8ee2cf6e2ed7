import { once } from "node:events";
import { chown, mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { signUpAt } from "../server/person.ts";
import type { Built } from "./build-stages.ts";
import { runIn, startIn } from "./root.ts";

const START_TIMEOUT_MS = 60_000;
const SETUP_TOKEN = /\/setup#token=([\w-]{43})/;

export interface Outcome {
	readyAfterMs: number;
	/** Exit codes of the health check: while the server runs, and once it has ended. */
	healthcheck: [running: number | null, ended: number | null];
	/** The status of the dashboard's page. */
	page: number;
	/** The status of a request with a key, and with that key deleted. */
	key: [active: number, deleted: number];
	/** Exit codes of the administrator's commands in docs/production.md, as `docker compose exec` runs them. */
	commands: (number | null)[];
	/** What happened when the container's user wrote to the program. */
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
	const env = { ...settings.env, PUBLIC_URL: url, PORT: String(port) };
	const inContainer = { ...settings, env };
	const check = async () => (await runIn(root, inContainer, stage.healthcheck ?? [], sealed)).code;

	const startedAt = performance.now();
	const server = startIn(root, inContainer, stage.command ?? [], sealed);
	const exited = once(server, "exit") as Promise<[number | null]>;
	let output = "";
	for (const stream of [server.stdout, server.stderr])
		stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
	try {
		await until(
			() => isReady(url),
			server,
			() => output,
		);
		const readyAfterMs = performance.now() - startedAt;
		const running = await check();
		const { status: page } = await fetch(url);
		await until(
			async () => SETUP_TOKEN.test(output),
			server,
			() => output,
		);
		const person = await signUpAt(url, "Rin", url, SETUP_TOKEN.exec(output)?.[1]);
		const created = await person.createKey("Production");
		const whoami = async () =>
			(await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${created.secret}` } })).status;
		const active = await whoami();
		await person.request("DELETE", `/api/workspaces/${person.workspaceId}/keys/${created.key.id}`);
		const deleted = await whoami();
		const commands = [
			(await runIn(root, inContainer, ["node", "server/doctor.js"], sealed)).code,
			(await runIn(root, inContainer, ["node", "server/create-account.js", "you@example.com"], sealed)).code,
		];
		const write = await runIn(root, inContainer, ["touch", "server/planted.ts"]);
		const stoppedAt = performance.now();
		server.kill("SIGTERM");
		const [code] = await exited;
		const exit = { code, afterMs: performance.now() - stoppedAt };
		const outcome = {
			readyAfterMs,
			page,
			key: [active, deleted] as [number, number],
			write: write.output.trim(),
			exit,
		};
		return { ...outcome, healthcheck: [running, await check()] };
	} finally {
		server.kill("SIGKILL");
	}
}

async function isReady(url: string): Promise<boolean> {
	return fetch(`${url}/readyz`).then(
		({ ok }) => ok,
		() => false,
	);
}

async function until(
	holds: () => Promise<boolean>,
	{ exitCode }: { exitCode: number | null },
	output: () => string,
): Promise<void> {
	const end = performance.now() + START_TIMEOUT_MS;
	while (!(await holds())) {
		if (exitCode !== null || performance.now() > end) throw new Error(`The server did not start:\n${output()}`);
		await sleep(50);
	}
}
