import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import type { GameServerList } from "../../shared/wire.ts";
import { GAME_SERVER } from "../game.ts";
import type { Contestant } from "./contestants.ts";
import { measureSteadily } from "./floods.ts";
import { median, share } from "./load.ts";
import { residentMegabytes } from "./memory.ts";
import { asGame } from "./requests.ts";

const REAL_SERVERS = 12;
/** More often than the runtime's, so that the flood need not last for minutes. */
const BEAT_EVERY_MS = 5_000;
/** Until the real servers have been there for a while. */
const LEAD_MS = 50_000;
const MADE_UP_PER_MINUTE = 100_000;

/**
 * A stolen key sends requests of made-up servers, while the real ones go on and a game of another key is measured. Prints
 * how long that waits, what the memory does, and which of the real servers are still listed.
 */
export async function compareMadeUpServers(
	{ server, rin, secret, secrets }: Contestant,
	{ rounds, seconds }: { rounds: number; seconds: number },
): Promise<void> {
	const [bystander = ""] = secrets;
	const real = Array.from({ length: REAL_SERVERS }, () => ({ ...GAME_SERVER, "x-auxvyn-server": randomUUID() }));
	const requestOf = (headers: Record<string, string>) => asGame(secret, "/v1/whoami", headers);
	const ended = new AbortController();
	const beats = beat(
		server.port,
		real.map((headers) => requestOf({ ...headers, "x-auxvyn-heartbeat": "60" })),
		ended.signal,
	);
	await sleep(LEAD_MS);
	const [quiet, flooded, memory]: [number[], number[], number[]] = [[], [], []];
	for (let round = 0; round < rounds; round++) {
		quiet.push(share(await measureSteadily(server.port, asGame(bystander), seconds), 0.99));
		const madeUp = () => requestOf({ ...GAME_SERVER, "x-auxvyn-server": randomUUID() });
		const flood = measureSteadily(server.port, madeUp, seconds, MADE_UP_PER_MINUTE / 60);
		flooded.push(share(await measureSteadily(server.port, asGame(bystander), seconds), 0.99));
		await flood;
		memory.push(residentMegabytes(server.child.pid ?? 0));
		console.error(`Made-up servers: round ${round + 1} of ${rounds}`);
	}
	ended.abort();
	await beats;
	const { servers, truncated } = await listServers({ server, rin });
	const listed = new Set(servers.map(({ jobId }) => jobId));
	const seen = real.filter((headers) => listed.has(headers["x-auxvyn-server"])).length;
	console.log(`\nMade-up servers, ${MADE_UP_PER_MINUTE} a minute; medians of ${rounds} rounds of ${seconds} s:\n`);
	console.log(
		`whoami p99 of another key: quiet ${median(quiet).toFixed(1)} ms, flooded ${median(flooded).toFixed(1)} ms   memory ${memory.map((megabytes) => Math.round(megabytes)).join(", ")} MB   ${servers.length} servers listed${truncated ? ", truncated" : ""}, ${seen} of ${REAL_SERVERS} real ones among them`,
	);
}

async function beat(port: number, requests: string[], signal: AbortSignal): Promise<void> {
	let index = 0;
	const next = (): string => requests[index++ % requests.length] ?? "";
	while (!signal.aborted) {
		await measureSteadily(port, next, 1, requests.length);
		await sleep(BEAT_EVERY_MS, undefined, { signal }).catch(() => undefined);
	}
}

async function listServers({ server, rin }: Pick<Contestant, "server" | "rin">): Promise<GameServerList> {
	// Flushed every two seconds.
	await sleep(4_000);
	const headers = { cookie: rin.cookie() };
	const path = `${server.url}/api/workspaces/${rin.workspaceId}/keys`;
	const { keys } = (await (await fetch(`${path}?q=Production`, { headers })).json()) as { keys: { id: string }[] };
	return (await (await fetch(`${path}/${keys[0]?.id}/servers`, { headers })).json()) as GameServerList;
}
