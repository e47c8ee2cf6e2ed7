import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { addRow, listRows } from "../server/storage/probes.store.ts";
import type { Cluster } from "./cluster.ts";
import {
	answersUntilRefused,
	at,
	databaseOf,
	openStorageAt,
	ownCluster,
	startApp,
	startProxy,
} from "./fault-fixture.ts";

const postgres = ownCluster();
let standby: Cluster;
beforeAll(async () => {
	standby = await postgres.cluster.startStandby();
});
afterAll(() => standby.stop());

/** Resolves once the standby has all that the primary has committed. */
async function standbyHasAll(): Promise<void> {
	const [row] = await postgres.cluster.sql<{ lsn: string }>("postgres", "SELECT pg_current_wal_lsn() AS lsn");
	const hasAll = () => standby.sql("postgres", `SELECT pg_last_wal_replay_lsn() >= '${row?.lsn}' AS "hasAll"`);
	await expect.poll(hasAll).toEqual([{ hasAll: true }]);
}

describe("a commit that waits for a synchronous standby", () => {
	/** Backends that wait for it. */
	const WAITING = "FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name = 'auxvyn writes'";

	beforeAll(() => waitFor("nobody"));
	afterAll(() => waitFor(""));

	async function waitFor(names: string): Promise<void> {
		await postgres.cluster.sql("postgres", `ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
		await postgres.cluster.sql("postgres", "SELECT pg_reload_conf()");
	}

	it.for(["answered", "whose answer was lost"])(
		"%s is no success once its wait was cancelled",
		async (how, context) => {
			const { cluster } = postgres;
			const proxy = await startProxy(context, cluster.port);
			// Its creation would wait, too.
			await waitFor("");
			const url = await postgres.createDatabase();
			const storage = await openStorageAt(context, proxy.through(url));
			await waitFor("nobody");
			const written = storage.write(addRow, { id: "ws_1" }).then(
				() => "written",
				(error: unknown) => error,
			);
			await expect.poll(() => cluster.sql("postgres", `SELECT pid ${WAITING}`)).toHaveLength(1);
			if (how !== "answered") proxy.cut("writes");
			await cluster.sql("postgres", `SELECT pg_cancel_backend(pid) ${WAITING}`);
			expect(await written).toMatchObject({ code: "outcome_unknown" });
			expect(await storage.scan(listRows, undefined)).toEqual(["ws_1"]);
		},
	);
});

describe("a standby", () => {
	it("is refused at the start", async () => {
		const url = await postgres.createDatabase();
		await standbyHasAll();
		await expect(prepareDatabase(standby.url(databaseOf(url)), { waitMs: 0 })).rejects.toThrow(
			"it is a standby: give the address of the primary",
		);
	});

	it.for(["reads", "checks"])("is never used, should a splitter lead %s there", async (connection, context) => {
		const { cluster } = postgres;
		const proxy = await startProxy(context, cluster.port);
		const server = await startApp(context, proxy.through(await postgres.createDatabase()));
		const rin = await server.signUp();
		const [cached, uncached] = [await rin.createKey("Cached"), await rin.createKey("Uncached")];
		await server.whoami(cached.secret);
		await standbyHasAll();
		proxy.target = (name) => (name === connection ? standby.port : cluster.port);
		proxy.cut(connection);
		expect((await server.whoami(uncached.secret)).status).toBe(503);
		proxy.target = () => cluster.port;
		await expect.poll(async () => (await server.whoami(uncached.secret)).status).toBe(200);
	});
});

describe("after a failover", () => {
	it("no key is accepted that the new primary has revoked, and no answer of the old one is taken for its own", async (context) => {
		const { cluster } = postgres;
		const proxy = await startProxy(context, cluster.port);
		const url = await postgres.createDatabase();
		const server = await startApp(context, proxy.through(url));
		const other = await startProxy(context, cluster.port);
		const storage = await openStorageAt(context, other.through(await postgres.createDatabase()));
		const rin = await server.signUp();
		const keys = [await rin.createKey("Cached"), await rin.createKey("Uncached")];
		expect((await server.whoami(keys[0]?.secret ?? "")).status).toBe(200);
		await standbyHasAll();
		await standby.sql("postgres", "SELECT pg_promote()");
		const there = await startApp(context, standby.url(databaseOf(url)));
		for (const { key } of keys) {
			const path = `/api/workspaces/${rin.workspaceId}/keys/${key.id}`;
			expect((await at(there.url, rin)("DELETE", path)).status).toBe(204);
		}

		// The old primary is still there, and so are all connections to it but one.
		proxy.target = () => standby.port;
		proxy.cut("checks");
		for (const { secret } of keys) {
			const answers = await answersUntilRefused(server, secret);
			expect(answers.at(-1)).toBe(401);
			expect(answers).not.toContain(200);
		}

		// Nor can it be asked for a COMMIT that went to the old one.
		other.target = () => standby.port;
		void other.loseCommit("answer").then(() => other.cut());
		const lost = storage.write(addRow, { id: "ws_1" });
		await expect(lost).rejects.toMatchObject({ code: "outcome_unknown" });
	});
});
