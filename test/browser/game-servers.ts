import { randomUUID } from "node:crypto";

import type { Page } from "playwright-core";

import type { Clock } from "../../server/clock.ts";
import type { CreatedKey } from "../../shared/wire.ts";
import type { Account, DashboardServer } from "./server.ts";

const HOUR_MS = 3_600_000;
const PLACE = 1818;
const HEARTBEAT_SECONDS = 60;

/** A server clock that starts in the past and is moved by the test. */
export interface MovedClock extends Clock {
	advance(seconds: number): void;
}

export function movedClock(hoursBehind: number): MovedClock {
	let behindMs = hoursBehind * HOUR_MS;
	const start = behindMs;
	return {
		now: () => Date.now() - behindMs,
		monotonic: () => performance.now() + start - behindMs,
		advance: (seconds) => (behindMs -= seconds * 1000),
	};
}

export interface GameServer {
	secret: string;
	headers: Record<string, string>;
}

/** A game server that starts now, and sends its first request. */
export async function openServer(
	server: DashboardServer,
	secret: string,
	version: number,
	{ place = PLACE, heartbeat = HEARTBEAT_SECONDS } = {},
): Promise<GameServer> {
	const headers = {
		"x-auxvyn-server": randomUUID(),
		"x-auxvyn-place": String(place),
		"x-auxvyn-place-version": String(version),
		...(heartbeat > 0 && { "x-auxvyn-heartbeat": String(heartbeat) }),
	};
	await server.useKey(secret, headers);
	return { secret, headers };
}

/** It says goodbye. */
export async function closeServer(server: DashboardServer, { secret, headers }: GameServer): Promise<void> {
	await server.useKey(secret, { ...headers, "x-auxvyn-closing": "1" });
}

/** Time passes, and each of the servers that run is heard from once a minute. */
export async function pass(
	server: DashboardServer,
	clock: MovedClock,
	minutes: number,
	running: readonly GameServer[],
): Promise<void> {
	for (let minute = 0; minute < minutes; minute += 1) {
		clock.advance(60);
		for (const { secret, headers } of running) await server.useKey(secret, headers);
	}
}

/** The page is visible again, and looks at once instead of within ten seconds. */
export async function look(page: Page): Promise<void> {
	await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
}

/** From now on the page does not look by itself every ten seconds: it learns from live events only. */
export async function stopPolling(page: Page): Promise<void> {
	await page.evaluate(`(() => {
		const start = setTimeout;
		window.setTimeout = (act, ms, ...more) => (ms === 10_000 ? 0 : start(act, ms, ...more));
	})()`);
	await look(page);
}

/** A key that is being replaced, and the new one. */
export async function rotatedKey(account: Account): Promise<{ old: CreatedKey; next: CreatedKey; path: string }> {
	const old = await account.createKey("Production");
	const keys = `/api/workspaces/${account.workspaceId}/keys`;
	const created = await account.request("POST", keys, { label: "Production, new", replaces: old.key.id });
	const next = (await created.json()) as CreatedKey;
	return { old, next, path: `/workspaces/${account.workspaceId}/keys/${old.key.id}` };
}
