import { join } from "node:path";

import type { Clock } from "../../server/clock.ts";
import type { CreatedInvitation, Workspace } from "../../shared/wire.ts";
import { PLUGIN } from "../game.ts";
import { insertHistory } from "./example-history.ts";
import { type GameServer, openServer } from "./game-servers.ts";
import type { Account, DashboardServer } from "./server.ts";
import { connectFromStudio } from "./studio.ts";

const MINUTES_A_DAY = 24 * 60;
const DAY_MS = MINUTES_A_DAY * 60 * 1000;
/** Within a session's lifetime, so that no one has to sign in again. */
const HISTORY_DAYS = 6;

/** A server clock that starts in the past, to give a new database a history. */
export interface ExampleClock extends Clock {
	setDaysAgo(days: number): void;
	setPresent(): void;
}

export function exampleClock(): ExampleClock {
	const start = HISTORY_DAYS * DAY_MS;
	let behindMs = start;
	return {
		now: () => Date.now() - behindMs,
		// Time passes, instead of the wall clock being set.
		monotonic: () => performance.now() + start - behindMs,
		setDaysAgo: (days) => (behindMs = days * DAY_MS),
		setPresent: () => (behindMs = 0),
	};
}

export interface Example {
	rin: Account;
	jo: Account;
	workspaceId: string;
	/** Key ids. */
	production: string;
	replaced: string;
	replacedSecret: string;
	/** The games' servers are heard from again. */
	beat(): Promise<void>;
}

/** Two people with a backend, and keys in use, being replaced, never used, and revoked but still sent. */
export async function fillExample(server: DashboardServer, clock: ExampleClock): Promise<Example> {
	const rin = await server.signUp("Rin Moonlit");
	const { workspaceId } = rin;
	await rin.request("PATCH", `/api/workspaces/${workspaceId}`, { name: "Moonlit Studios" });
	const jo = await invite(rin, await server.signUp("Jo Alder"));
	const leaked = await rin.createKey("Production, leaked on stream");
	await rin.createKey("CI smoke tests");
	await rin.request("POST", `/api/workspaces/${workspaceId}/backends`, { name: "Leaderboard API" });
	clock.setDaysAgo(4);
	const staging = await pair(server, jo, "Staging", { place_name: "Caverns – Test", place_id: "1919" });
	clock.setDaysAgo(3);
	await rin.request("DELETE", `/api/workspaces/${workspaceId}/keys/${leaked.key.id}`);
	const old = await pair(server, rin, "Production (old)");
	clock.setDaysAgo(1);
	const production = await pair(server, rin, "Production", { intent: "reconnect", key_id: old.id });
	clock.setDaysAgo(180 / MINUTES_A_DAY);
	const running = await use(server, old.secret, { servers: 3, version: 41 });
	clock.setDaysAgo(18 / MINUTES_A_DAY);
	await use(server, staging.secret, { servers: 1, version: 7 });
	running.push(...(await use(server, production.secret, { servers: 12, version: 42 })));
	await server.useKey(leaked.secret);
	clock.setPresent();
	const beat = async () => {
		for (const { secret, headers } of running) await server.useKey(secret, headers);
	};
	await beat();
	insertHistory(join(server.dataDir, "auxvyn.db"), workspaceId, [
		{ label: "Production", createdDaysAgo: 1.4, peak: 5_200 },
		{ label: "Production (old)", createdDaysAgo: 112, peak: 5_000, fade: (age) => (age > 33 ? 1 : (age / 33) ** 3) },
		{ label: "Staging", createdDaysAgo: 20, peak: 90 },
		{ label: "Production, leaked on stream", createdDaysAgo: 60, peak: 0, refusedPerHour: 14 },
	]);
	return { rin, jo, workspaceId, production: production.id, replaced: old.id, replacedSecret: old.secret, beat };
}

async function invite(owner: Account, guest: Account): Promise<Account> {
	const invited = await owner.request("POST", `/api/workspaces/${owner.workspaceId}/invitations`, { role: "admin" });
	const { link } = (await invited.json()) as CreatedInvitation;
	const joined = await guest.request("POST", "/api/invitations/accept", { token: new URL(link).hash.slice(1) });
	const { workspace } = (await joined.json()) as { workspace: Workspace };
	return { ...guest, workspaceId: workspace.id };
}

async function pair(
	server: DashboardServer,
	account: Account,
	label: string,
	reported: Record<string, string> = {},
): Promise<{ id: string; secret: string }> {
	const studio = await connectFromStudio(server.url, reported);
	const approval = { workspaceId: account.workspaceId, label };
	const approved = await account.request("POST", `/api/pairings/${studio.user_code}/approve`, approval);
	if (!approved.ok) throw new Error(`The example's approval failed: ${await approved.text()}`);
	const { access_token: secret, key } = await studio.fetchKey();
	await server.useKey(secret, PLUGIN);
	return { id: key.id, secret };
}

/** Game servers that start. */
function use(
	server: DashboardServer,
	secret: string,
	{ servers, version }: { servers: number; version: number },
): Promise<GameServer[]> {
	return Promise.all(Array.from({ length: servers }, () => openServer(server, secret, version)));
}
