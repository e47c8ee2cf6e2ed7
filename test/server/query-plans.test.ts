import { expect, test } from "vitest";

import { createChanges } from "../../server/live/changes.ts";
import { createRights } from "../../server/live/rights.ts";
import { createUses } from "../../server/live/uses.ts";
import { build } from "./helper.ts";
import { planOf, recordQueries, slowSteps } from "./query-plans.ts";

test("nothing that a page asks for reads all keys, all use or all events, or a whole workspace again and again", async () => {
	const server = await build();
	const rin = await server.signUp();
	const path = `/api/workspaces/${rin.workspaceId}`;
	const first = await rin.createKey("Lobby");
	await rin.request("POST", `${path}/keys`, { label: "Lobby", replaces: first.id });
	for (let time = 0; time < 2; time++) await server.pair(rin, { place_id: "7", place_name: "Caverns" });
	await server.whoami(first.secret);
	await server.app.usage.flush();

	const { db } = server.app.storage;
	const queries = recordQueries(db);
	const orders = ["created", "label", "used", "requests"].flatMap((sort) => [
		`${sort}&order=asc`,
		`${sort}&order=desc`,
	]);
	const pages = ["", "&q=lobby"].flatMap((q) => orders.map((order) => `${path}/keys?include=counts&sort=${order}${q}`));
	const keyPage = `${path}/keys/${first.id}`;
	const others = ["checklist", "people", "first-steps", "activity", `activity?key=${first.id}`].map(
		(each) => `${path}/${each}`,
	);
	const byPerson = `${path}/activity?person=${rin.accountId}`;
	for (const url of ["/api/start", ...pages, keyPage, `${keyPage}/usage`, ...others, byPerson]) {
		expect((await rin.request("GET", url)).statusCode, url).toBe(200);
	}
	createChanges(db).read([rin.workspaceId]);
	createRights(db);
	createUses(db).follow(rin.workspaceId);

	expect(queries.size).toBeGreaterThan(30);
	expect([...queries].map((sql) => ({ sql, slow: slowSteps(db, sql) })).filter(({ slow }) => slow.length > 0)).toEqual(
		[],
	);
});

test("what took a key's place is found at once, however many others did before and were revoked", async () => {
	const server = await build();
	const rin = await server.signUp();
	const { id } = await rin.createKey();
	const { db } = server.app.storage;
	const queries = recordQueries(db);
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
