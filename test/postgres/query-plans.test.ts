import pg from "pg";
import { expect, it } from "vitest";

import { build } from "../server/helper.ts";
import { useEverything } from "../server/use-everything.ts";
import { fill, type Prepared, recordPrepared, rowsRead } from "./query-plans.ts";
import { createTestDatabase } from "./test-database.ts";

/** Of 5,000 keys and more of the rest; the largest sweeps and polls take 1,000. */
const MOST = 1_500;
/** Once an hour, of the keys that were used: none here, and to know that it reads all. */
const RECOUNTS = /^select "id" from "api_key" where "id" > \$1 and "requests_24h" > /;

async function greedy(prepared: Iterable<Prepared>) {
	const found: { text: string; rows: number }[] = [];
	for (const each of prepared) {
		const rows = await rowsRead(each);
		if (rows > MOST && !RECOUNTS.test(each.text)) found.push({ text: each.text, rows });
	}
	return found;
}

/** As after some use: a plan for any values is kept, where the connection does not say otherwise. */
async function keepPlans(url: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET plan_cache_mode = force_generic_plan`);
	await client.end();
}

it("no query reads a large table, or a whole workspace repeatedly, with plans from when there was little, nor later", async () => {
	const databaseUrl = await createTestDatabase();
	await keepPlans(databaseUrl);
	const prepared = recordPrepared();
	const server = await build({ databaseUrl, env: { RATE_LIMIT_SCALE: "0" } });
	const rin = await server.signUp();
	await useEverything(server, rin);
	expect(prepared.size).toBeGreaterThan(100);
	fill(server, rin.workspaceId);
	expect(await greedy(prepared.values())).toEqual([]);
	server.db.exec("ANALYZE");
	expect(await greedy(prepared.values())).toEqual([]);
});
