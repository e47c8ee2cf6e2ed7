import { describe, it } from "vitest";

import { answersUntilRefused, databaseOf, ownCluster, startApp, startProxy } from "./fault-fixture.ts";
import type { PostgresProxy } from "./proxy.ts";

const postgres = ownCluster();

const FAULTS: Record<string, (proxy: PostgresProxy) => void> = {
	"is away": (proxy) => {
		proxy.refuse();
		proxy.cut();
	},
	"accepts connections and hangs": (proxy) => {
		proxy.hangs = true;
		proxy.cut();
	},
	"is behind a cut network": (proxy) => {
		proxy.hangs = true;
		proxy.freeze();
	},
	"loses what is connected, silently": (proxy) => proxy.freeze(),
};

describe.concurrent("while PostgreSQL", () => {
	it.for(Object.keys(FAULTS))(
		"%s, keys and changes get 503, and all is well once it is back",
		async (fault, context) => {
			const { expect } = context;
			const proxy = await startProxy(context, postgres.cluster.port);
			const server = await startApp(context, proxy.through(await postgres.createDatabase()));
			const rin = await server.signUp();
			const [cached, uncached] = [await rin.createKey("Cached"), await rin.createKey("Uncached")];
			expect((await server.whoami(cached.secret)).status).toBe(200);
			const keys = `/api/workspaces/${rin.workspaceId}/keys`;

			FAULTS[fault]?.(proxy);
			const answers = await Promise.all([
				server.whoami(cached.secret),
				server.whoami(uncached.secret),
				rin.request("POST", keys, { label: "Never" }),
				rin.request("DELETE", `${keys}/${cached.key.id}`),
				server.get("/readyz"),
			]);
			for (const answer of answers) {
				expect(answer.status, answer.url).toBe(503);
				expect(Number(answer.headers.get("retry-after")), answer.url).toBeGreaterThan(0);
			}
			expect((await server.get("/healthz")).status).toBe(200);

			await proxy.restore();
			await expect.poll(async () => (await server.get("/readyz")).status).toBe(200);
			for (const { secret } of [cached, uncached]) {
				await expect.poll(async () => (await server.whoami(secret)).status).toBe(200);
			}
			await expect.poll(async () => (await rin.request("GET", keys)).status).toBe(200);
			expect(await (await rin.request("GET", keys)).json()).toMatchObject({ keys: [{}, {}] });
			await expect.poll(async () => (await rin.request("DELETE", `${keys}/${cached.key.id}`)).status).toBe(204);
			expect((await answersUntilRefused(server, cached.secret)).at(-1)).toBe(401);
		},
	);
});

it("PostgreSQL's being away and its return are in the log, once, and in /metrics", async (context) => {
	const { expect } = context;
	const proxy = await startProxy(context, postgres.cluster.port);
	const server = await startApp(context, proxy.through(await postgres.createDatabase()));
	const metric = async (name: string) => {
		const text = await (await server.get("/metrics")).text();
		return Number(new RegExp(`^auxvyn_${name} (.*)$`, "m").exec(text)?.[1]);
	};
	const said = (what: RegExp) => server.logs.filter((line) => what.test(line));
	const failed = await metric("database_checks_failed_total");
	expect([await metric("database_connected"), await metric("database_reconnects_total")]).toEqual([1, 0]);

	proxy.refuse();
	proxy.cut();
	await expect.poll(() => metric("database_connected")).toBe(0);
	expect((await server.get("/readyz")).status).toBe(503);
	expect(await metric("database_checks_failed_total")).toBeGreaterThan(failed);
	await expect.poll(() => said(/PostgreSQL is away \(nothing listens there\)/).length, { timeout: 10_000 }).toBe(1);

	await proxy.restore();
	await expect.poll(async () => (await server.get("/readyz")).status).toBe(200);
	await expect.poll(() => said(/PostgreSQL is back, after \d+ s/).length).toBe(1);
	expect(said(/PostgreSQL is away/)).toHaveLength(1);
	expect(await metric("database_connected")).toBe(1);
	expect(await metric("database_reconnects_total")).toBeGreaterThan(0);
	const sinceCheck = Date.now() / 1000 - (await metric("database_last_check_timestamp_seconds"));
	expect(Math.abs(sinceCheck)).toBeLessThan(60);
});

it("an idle server replaces connections that were lost silently, before the next request", async (context) => {
	const { expect } = context;
	const proxy = await startProxy(context, postgres.cluster.port);
	const server = await startApp(context, proxy.through(await postgres.createDatabase()));
	const rin = await server.signUp();
	const { secret } = await rin.createKey("Game");
	const names = proxy.working.toSorted();
	proxy.freeze();
	await expect.poll(() => proxy.working.toSorted()).toEqual(names);
	await expect.poll(async () => (await server.whoami(secret)).status).toBe(200);
	expect((await rin.createKey("Another")).key.label).toBe("Another");
});

describe.concurrent("another history: an earlier copy of the database in its place", () => {
	it.for([
		["whose epoch differs", ""],
		["whose epoch is the same, by a restore that knew nothing of it", "ALTER TABLE api_key DISABLE TRIGGER USER;"],
	])("%s: no key is accepted that it has revoked", async ([, before = ""], context) => {
		const { expect } = context;
		const { cluster } = postgres;
		const proxy = await startProxy(context, cluster.port);
		const url = await postgres.createDatabase();
		const name = databaseOf(url);
		const server = await startApp(context, proxy.through(url));
		const rin = await server.signUp();
		const { key, secret } = await rin.createKey("Game");
		expect((await server.whoami(secret)).status).toBe(200);

		proxy.hangs = true;
		proxy.cut();
		await expect
			.poll(() =>
				cluster.sql(name, `SELECT pid FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`),
			)
			.toEqual([]);
		await cluster.sql("postgres", `CREATE DATABASE ${name}_earlier TEMPLATE ${name}`);
		await cluster.sql(
			`${name}_earlier`,
			`${before} UPDATE api_key SET revoked_at = 1, revoked_reason = 'deleted' WHERE id = '${key.id}'`,
		);
		await cluster.sql("postgres", `ALTER DATABASE ${name} RENAME TO ${name}_later`);
		await cluster.sql("postgres", `ALTER DATABASE ${name}_earlier RENAME TO ${name}`);
		await proxy.restore();

		const answers = await answersUntilRefused(server, secret);
		expect(answers.at(-1)).toBe(401);
		expect(answers).not.toContain(200);
	});
});
