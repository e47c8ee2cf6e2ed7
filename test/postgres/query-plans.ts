import pg from "pg";
import { onTestFinished, vi } from "vitest";

import type { TestServer } from "../server/helper.ts";

/** Tables with a row per key, use, event or former member, which must never be read as a whole. */
const LARGE = [
	"api_key",
	"key_usage",
	"key_minute",
	"key_studio_usage",
	"key_server",
	"key_place",
	"activity",
	"revoked_maker",
];

export interface Prepared {
	client: pg.Client;
	name: string;
	text: string;
	values: unknown[];
}

interface Plan {
	"Node Type": string;
	"Relation Name"?: string;
	"Actual Rows"?: number;
	"Actual Loops"?: number;
	"Rows Removed by Filter"?: number;
	"Rows Removed by Index Recheck"?: number;
	Plans?: Plan[];
}

/** Records the statements that servers in this process prepare, with the values that they were last run with. */
export function recordPrepared(): Map<string, Prepared> {
	const prepared = new Map<string, Prepared>();
	const clients = new Map<pg.Client, number>();
	const { query } = pg.Client.prototype;
	const spy = vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (
		this: pg.Client,
		...given: unknown[]
	) {
		const [config] = given as [Partial<Prepared>];
		if (!clients.has(this)) clients.set(this, clients.size);
		if (typeof config.name === "string")
			prepared.set(`${clients.get(this)} ${config.name}`, { ...(config as Prepared), client: this });
		return Reflect.apply(query, this, given) as unknown;
	});
	onTestFinished(() => spy.mockRestore());
	return prepared;
}

/** Fills the large tables with many workspaces' rows, and with some of this one's. */
export function fill({ db, clock }: TestServer, workspaceId: string): void {
	const now = clock.now();
	const hour = Math.floor(now / 3_600_000);
	db.exec(`
		INSERT INTO workspace (id, name, created_at) SELECT 'ws_' || w, 'Other', ${now} FROM generate_series(1, 100) AS w;
		INSERT INTO revoked_maker (workspace_id, maker_id, at)
		SELECT 'ws_' || w, 'person_' || n, 1 FROM generate_series(1, 100) AS w, generate_series(51, 100) AS n;
		INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, label_folded, hint, origin, place_id, created_at,
			created_by, sealed_at, last_used_at, revoked_at)
		SELECT n, sha256(n::text::bytea), 'key_' || n, CASE WHEN n % 101 = 0 THEN '${workspaceId}' ELSE 'ws_' || n % 101 END,
			'Key ' || n, 'key ' || n, 'abcd', 'studio', (n % 500)::text, ${now} - n, 'person_' || n % 50, ${now} - n,
			${now} - n, CASE WHEN n % 3 = 0 THEN ${now} - n END
		FROM generate_series(1, 5000) AS n;
		INSERT INTO key_usage (hour, key_id, accepted)
		SELECT ${hour} - h, 'key_' || n, 1 FROM generate_series(1, 2000) AS n, generate_series(0, 23) AS h;
		INSERT INTO key_minute (span, key_id, minute, accepted)
		SELECT ${hour} * 6 - s, 'key_' || n, (${hour} * 6 - s) * 10, 1
		FROM generate_series(1, 2000) AS n, generate_series(0, 59) AS s;
		INSERT INTO key_studio_usage (hour, key_id, series, accepted)
		SELECT ${hour} - h, 'key_' || n, 'studio', 1 FROM generate_series(1, 2000) AS n, generate_series(0, 9) AS h;
		INSERT INTO key_server (key_id, job_id, place_id, place_version, first_seen_at, last_seen_at, requests)
		SELECT 'key_' || n, gen_random_uuid(), 1818, s, ${now} - 9, ${now} - s, 1
		FROM generate_series(1, 2000) AS n, generate_series(0, 9) AS s;
		INSERT INTO key_place (key_id, place_id, place_version, last_seen_at)
		SELECT 'key_' || n, p, 41, ${now} FROM generate_series(1, 2000) AS n, generate_series(0, 9) AS p;
		INSERT INTO activity (workspace_id, at, kind, actor_id, key_id)
		SELECT workspace_id, created_at, 'key.created', created_by, id FROM api_key, generate_series(1, 2);`);
}

/** How many rows of large tables a statement reads, as its connection has planned it. */
export async function rowsRead({ client, name, text, values }: Prepared): Promise<number> {
	const typeOf = (place: number) => new RegExp(`\\$${place}(::[a-z]+\\[\\])`).exec(text)?.[1] ?? "";
	const places = values.map((value, index) => literal(client, value) + typeOf(index + 1));
	const statement = places.length === 0 ? `EXECUTE ${name}` : `EXECUTE ${name}(${places.join(", ")})`;
	async function explain(how: string): Promise<number> {
		await client.query("BEGIN");
		try {
			const { rows } = await client.query<Record<string, [{ Plan: Plan }]>>(
				`EXPLAIN (${how} FORMAT JSON) ${statement}`,
			);
			const [found] = rows[0]?.["QUERY PLAN"] ?? [];
			return found === undefined ? Infinity : count(found.Plan);
		} finally {
			await client.query("ROLLBACK");
		}
	}
	// What was inserted before cannot be inserted again.
	return explain("ANALYZE,").catch(() => explain(""));
}

function count(plan: Plan): number {
	const inner = (plan.Plans ?? []).reduce((sum, each) => sum + count(each), 0);
	if (!LARGE.includes(plan["Relation Name"] ?? "") || plan["Node Type"] === "ModifyTable") return inner;
	const { "Actual Loops": loops, "Actual Rows": found = 0 } = plan;
	if (loops === undefined) return plan["Node Type"] === "Seq Scan" ? Infinity : inner;
	const dropped = (plan["Rows Removed by Filter"] ?? 0) + (plan["Rows Removed by Index Recheck"] ?? 0);
	return inner + (found + dropped) * loops;
}

function literal(client: pg.Client, value: unknown): string {
	if (value === null || value === undefined) return "NULL";
	if (Array.isArray(value)) return `ARRAY[${value.map((each) => literal(client, each)).join(", ")}]`;
	if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString("hex")}'`;
	return typeof value === "string" ? client.escapeLiteral(value) : `${value as number}`;
}
