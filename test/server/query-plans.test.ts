import { expect, test } from "vitest";

import { examineRetirements } from "../../server/keys/retire/examine.store.ts";
import { build } from "./helper.ts";
import { planOf, recordQueries, slowSteps } from "./query-plans.ts";
import { inlineThreads } from "./storage/inline-threads.ts";
import { stores } from "./storage/stores.ts";
import { useEverything } from "./use-everything.ts";

test("no query scans a large table, or a whole workspace repeatedly", async () => {
	const server = await build({ threads: inlineThreads(stores) });
	const queries = recordQueries();
	const rin = await server.signUp();
	await useEverything(server, rin);

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
	const successors = [...queries].filter((sql) => /\breplaces\b/.test(sql) && sql.includes("LIMIT 1"));
	const searched = successors.flatMap((sql) => planOf(db, sql)).map(({ detail }) => detail);
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

test("how a key's rotation is, which whoami asks for in the main thread, is found by index, however many keys it replaces", async () => {
	const server = await build({ threads: inlineThreads(stores) });
	const rin = await server.signUp();
	const { secret } = await rin.createKey();
	const queries = recordQueries();
	await server.whoami(secret);
	const plans = [...queries].filter((sql) => /\bretirement\b/.test(sql)).flatMap((sql) => planOf(server.db, sql));
	const searched = plans.map(({ detail }) => detail).filter((detail) => detail.includes("retirement"));
	expect(new Set(searched)).toEqual(
		new Set(["SEARCH retirement USING COVERING INDEX retirement_by_successor (replaced_by=? AND state=?)"]),
	);
});

test("retirements that are due are found by index, however many are not, or ask for good", async () => {
	const server = await build({ threads: inlineThreads(stores) });
	const queries = recordQueries();
	await server.app.storage.write(examineRetirements, undefined);
	const plans = [...queries]
		.filter((sql) => sql.includes('"retirement" as "r"'))
		.flatMap((sql) => planOf(server.db, sql));
	const searched = plans.map(({ detail }) => detail).filter((detail) => !detail.startsWith("SEARCH k "));
	expect(searched).toEqual([
		"SEARCH r USING INDEX retirement_by_stretch (counted_to<?)",
		"SEARCH r USING INDEX retirement_by_look (examined_at<?)",
	]);
});
