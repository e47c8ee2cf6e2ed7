import type { Clock } from "../../server/clock.ts";
import type { Account, DashboardServer } from "./server.ts";
import { connectFromStudio } from "./studio.ts";

const MINUTES_A_DAY = 24 * 60;
const DAY_MS = MINUTES_A_DAY * 60 * 1000;
/** Shown last: once the list says so, all counts have arrived. */
export const PRODUCTION_REQUESTS = 1413;
/** Within one session's life, so that nobody has to sign in again. */
const HISTORY_DAYS = 6;

/** A server's clock that begins in the past, so that a new database can have a history. */
export interface ExampleClock extends Clock {
	setDaysAgo(days: number): void;
	toThePresent(): void;
}

export function exampleClock(): ExampleClock {
	let behindMs = HISTORY_DAYS * DAY_MS;
	return {
		now: () => Date.now() - behindMs,
		monotonic: () => performance.now(),
		setDaysAgo: (days) => (behindMs = days * DAY_MS),
		toThePresent: () => (behindMs = 0),
	};
}

/** Keys as a small studio might have them: in use, replaced but still in use, never used, revoked. */
export async function fillExample(server: DashboardServer, account: Account, clock: ExampleClock): Promise<void> {
	const leaked = await account.createKey("Production, leaked on stream");
	await account.request("DELETE", `/api/workspaces/${account.workspaceId}/keys/${leaked.key.id}`);
	await account.createKey("CI smoke tests");
	clock.setDaysAgo(4);
	const staging = await pair(server, account, "Staging", { place_name: "Caverns – Test", place_id: "1919" });
	clock.setDaysAgo(3);
	const old = await pair(server, account, "Production (old)");
	clock.setDaysAgo(1);
	const production = await pair(server, account, "Production");
	clock.setDaysAgo(18 / MINUTES_A_DAY);
	await use(server, staging, 61);
	clock.setDaysAgo(2 / MINUTES_A_DAY);
	await use(server, old, 104);
	clock.toThePresent();
	await use(server, production, PRODUCTION_REQUESTS);
}

async function pair(
	server: DashboardServer,
	account: Account,
	label: string,
	reported: Record<string, string> = {},
): Promise<string> {
	const studio = await connectFromStudio(server.url, reported);
	const approval = { workspaceId: account.workspaceId, label };
	const approved = await account.request("POST", `/api/pairings/${studio.user_code}/approve`, approval);
	if (!approved.ok) throw new Error(`The example's approval failed: ${await approved.text()}`);
	const { access_token } = await studio.fetchKey();
	await server.useKey(access_token);
	return access_token;
}

async function use(server: DashboardServer, secret: string, times: number): Promise<void> {
	for (let n = 0; n < times; n++) await server.useKey(secret);
}
