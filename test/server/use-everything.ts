import { expect } from "vitest";

import { sweepSessions } from "../../server/accounts/sessions/session-sweep.store.ts";
import { sweepActivity } from "../../server/activity/sweep.store.ts";
import { examineRetirements } from "../../server/keys/retire/examine.store.ts";
import { sweepServers } from "../../server/keys/usage/kept-servers.store.ts";
import { recountRequests, sweepUsage } from "../../server/keys/usage/usage-sweep.store.ts";
import { findStreamStart, pollLive } from "../../server/live/poll.store.ts";
import { sweepRevokedMakers } from "../../server/offboarding/revoke-by-maker.store.ts";
import { sweepDeletedWorkspaces } from "../../server/offboarding/sweep-workspaces.store.ts";
import { sweepPairings } from "../../server/pairing/sweep.store.ts";
import type { CreatedKey } from "../../shared/wire.ts";
import { GAME_SERVER, PLAYTEST, PLUGIN } from "../game.ts";
import type { Person, TestServer } from "./helper.ts";

/** Runs the statements of games, lists, pages and sweeps, for a look at how the database goes about them. */
export async function useEverything(server: TestServer, rin: Person): Promise<void> {
	const path = `/api/workspaces/${rin.workspaceId}`;
	const first = await rin.createKey("Lobby");
	const created = await rin.request("POST", `${path}/keys`, { label: "Lobby", replaces: first.id });
	const next = created.json<CreatedKey>();
	const retirement = { replacedBy: next.key.id };
	expect((await rin.request("POST", `${path}/keys/${first.id}/retire`, retirement)).statusCode).toBe(200);
	for (let time = 0; time < 2; time++) await server.pair(rin, { place_id: "7", place_name: "Caverns" });
	await server.whoami(first.secret);
	await server.whoami(first.secret, PLAYTEST);
	await server.whoami(first.secret, GAME_SERVER);
	await server.whoami(first.secret, { ...GAME_SERVER, "x-auxvyn-closing": "1" });
	await server.whoami(next.secret, PLUGIN);
	await server.app.usage.flush();

	const orders = ["created", "label", "used", "requests"].flatMap((sort) => [
		`${sort}&order=asc`,
		`${sort}&order=desc`,
	]);
	const pages = ["", "&q=lobby"].flatMap((q) => orders.map((order) => `${path}/keys?include=counts&sort=${order}${q}`));
	const keyPage = `${path}/keys/${first.id}`;
	const others = ["checklist", "people", "backends", "first-steps", "activity", `activity?key=${first.id}`].map(
		(each) => `${path}/${each}`,
	);
	const byPerson = `${path}/activity?person=${rin.accountId}`;
	for (const url of ["/api/start", ...pages, keyPage, `${keyPage}/usage`, `${keyPage}/servers`, ...others, byPerson]) {
		expect((await rin.request("GET", url)).statusCode, url).toBe(200);
	}
	await server.app.storage.scan(findStreamStart, { workspaceId: rin.workspaceId });
	const viewer = { address: "127.0.0.1", accountId: rin.accountId, sessionToken: "", workspaceId: rin.workspaceId };
	await server.app.storage.scan(pollLive, {
		changesAfter: 0,
		followed: [{ workspaceId: rin.workspaceId, usedSince: 0, refusedSince: 0, closedSince: 0 }],
		keyIds: [first.id],
		viewers: [viewer],
	});
	for (const sweep of [
		examineRetirements,
		sweepActivity,
		sweepDeletedWorkspaces,
		sweepPairings,
		sweepRevokedMakers,
		sweepSessions,
		sweepUsage,
	]) {
		await server.app.storage.write(sweep, undefined);
	}
	await server.app.storage.write(recountRequests, { after: "" });
	await server.app.storage.write(sweepServers, { after: "" });
}
