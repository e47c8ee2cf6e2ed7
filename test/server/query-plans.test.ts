import { expect, test } from "vitest";

import { sweepSessions } from "../../server/accounts/sessions/session-sweep.store.ts";
import { sweepActivity } from "../../server/activity/sweep.store.ts";
import { recountRequests, sweepUsage } from "../../server/keys/usage/usage-sweep.store.ts";
import { findStreamStart, pollLive } from "../../server/live/poll.store.ts";
import { sweepRevokedMakers } from "../../server/offboarding/revoke-by-maker.store.ts";
import { sweepDeletedWorkspaces } from "../../server/offboarding/sweep-workspaces.store.ts";
import { sweepPairings } from "../../server/pairing/sweep.store.ts";
import { PLAYTEST } from "../game.ts";
import { build } from "./helper.ts";
import { planOf, recordQueries, slowSteps } from "./query-plans.ts";
import { inlineThreads } from "./storage/inline-threads.ts";
import { stores } from "./storage/stores.ts";

test("no query scans a large table, or a whole workspace repeatedly", async () => {
	const server = await build({ threads: inlineThreads(stores) });
	const queries = recordQueries();
	const rin = await server.signUp();
	const path = `/api/workspaces/${rin.workspaceId}`;
	const first = await rin.createKey("Lobby");
	await rin.request("POST", `${path}/keys`, { label: "Lobby", replaces: first.id });
	for (let time = 0; time < 2; time++) await server.pair(rin, { place_id: "7", place_name: "Caverns" });
	await server.whoami(first.secret);
	await server.whoami(first.secret, PLAYTEST);
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
	for (const url of ["/api/start", ...pages, keyPage, `${keyPage}/usage`, ...others, byPerson]) {
		expect((await rin.request("GET", url)).statusCode, url).toBe(200);
	}
	await server.app.storage.scan(findStreamStart, { workspaceId: rin.workspaceId });
	const viewer = { address: "127.0.0.1", accountId: rin.accountId, sessionToken: "", workspaceId: rin.workspaceId };
	await server.app.storage.scan(pollLive, {
		changesAfter: 0,
		followed: [{ workspaceId: rin.workspaceId, usedSince: 0, refusedSince: 0 }],
		keyIds: [first.id],
		viewers: [viewer],
	});
	for (const sweep of [
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

	const { db } = server;
	expect(queries.size).toBeGreaterThan(30);
	expect([...queries].map((sql) => ({ sql, slow: slowSteps(db, sql) })).filter(({ slow }) => slow.length > 0)).toEqual(
		[],
	);
});

test("a key's replacement is found by index, however many earlier ones were revoked", async () => {
	const server = await build({ threads: inlineThreads(stores) });
	const rin = await server.signUp();
	const { id } = await rin.createKey();
	const { db } = server;
	const queries = recordQueries();
	await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
	const searched = [...queries].flatMap((sql) => planOf(db, sql)).map(({ detail }) => detail);
	expect(searched.filter((detail) => /^(SCAN|SEARCH) \w+ USING .*(replaces|place_id)=/.test(detail)).sort()).toEqual([
		"SEARCH n USING INDEX api_key_active_by_place (workspace_id=? AND place_id=? AND created_at>?)",
		"SEARCH n USING INDEX api_key_active_by_place (workspace_id=? AND place_id=? AND created_at>?)",
		"SEARCH n USING INDEX api_key_by_place (workspace_id=? AND place_id=? AND created_at<?)",
		"SEARCH n USING INDEX api_key_replaces (replaces=? AND <expr>=?)",
		"SEARCH n USING INDEX api_key_successor (replaces=?)",
		"SEARCH n USING INDEX api_key_successor (replaces=?)",
	]);
	expect(searched.filter((detail) => detail.includes("TEMP B-TREE FOR ORDER BY"))).toEqual([]);
});
