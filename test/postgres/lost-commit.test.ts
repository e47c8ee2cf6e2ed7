import { describe, it } from "vitest";

import type { Database } from "../../server/storage/database.ts";
import { listStores } from "../../server/storage/store-list.ts";
import * as probes from "../server/storage/probes.store.ts";
import { addRow, listRows } from "../server/storage/probes.store.ts";
import { openStorageAt, ownCluster, startApp, startProxy } from "./fault-fixture.ts";

const postgres = ownCluster();

describe("of a write whose COMMIT", () => {
	it("was done, and only its answer lost, the transaction's number tells: it is done once", async (context) => {
		const { expect } = context;
		const proxy = await startProxy(context, postgres.cluster.port);
		const storage = await openStorageAt(context, proxy.through(await postgres.createDatabase()));
		const lost = proxy.loseCommit("answer");
		// A second run would fail, because the row is there.
		expect(await storage.write(addRow, { id: "ws_1" })).toBe("ws_1");
		await lost;
		expect(await storage.scan(listRows, undefined)).toEqual(["ws_1"]);
	});

	it("never arrived, the write is run again", async (context) => {
		const { expect } = context;
		const proxy = await startProxy(context, postgres.cluster.port);
		const storage = await openStorageAt(context, proxy.through(await postgres.createDatabase()));
		const lost = proxy.loseCommit("request");
		const retries = storage.metrics.find(({ name }) => name === "database_retries_total");
		expect(retries?.read()).toBe(0);
		expect(await storage.write(addRow, { id: "ws_1" })).toBe("ws_1");
		expect(retries?.read()).toBe(1);
		await lost;
		expect(await storage.scan(listRows, undefined)).toEqual(["ws_1"]);
	});

	it("was done, and its outcome cannot be asked for, its request gets 503 outcome_unknown", async (context) => {
		const { expect } = context;
		const proxy = await startProxy(context, postgres.cluster.port);
		const server = await startApp(context, proxy.through(await postgres.createDatabase()));
		const rin = await server.signUp();
		const keys = `/api/workspaces/${rin.workspaceId}/keys`;
		void proxy.loseCommit("answer").then(() => {
			proxy.refuse();
			proxy.cut();
		});
		const answer = await rin.request("POST", keys, { label: "Perhaps" });
		expect(answer.status).toBe(503);
		expect(answer.headers.get("retry-after")).not.toBeNull();
		expect(await answer.json()).toMatchObject({ code: "outcome_unknown" });
		expect(await (await server.get("/metrics")).text()).toContain("\nauxvyn_outcomes_unknown_total 1\n");
		await proxy.restore();
		await expect.poll(async () => (await rin.request("GET", keys)).status).toBe(200);
		expect(await (await rin.request("GET", keys)).json()).toMatchObject({ keys: [{ label: "Perhaps" }] });
	});

	it("was sent, what its store function still does is refused", async (context) => {
		const { expect } = context;
		const late = Promise.withResolvers<unknown>();
		async function addRowTooLate(db: Database): Promise<void> {
			setTimeout(() => void addRow(db, { id: "ws_late" }).then(late.resolve, late.resolve), 1);
		}
		const stores = listStores(import.meta.url, [probes, { addRowTooLate }]);
		const storage = await openStorageAt(context, await postgres.createDatabase(), stores);
		await storage.write(addRowTooLate, undefined);
		expect(await late.promise).toMatchObject({ message: "The transaction is over." });
		expect(await storage.scan(listRows, undefined)).toEqual([]);
	});
});
