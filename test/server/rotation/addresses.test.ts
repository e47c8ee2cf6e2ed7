import { describe, expect, it } from "vitest";

import { addressesOf } from "../../../server/keys/usage/addresses.ts";
import { markCommitted, takeAddress } from "../../../server/keys/usage/processes.store.ts";
import { build } from "../helper.ts";

const PORT = 8787;

describe("a server that starts after all its processes crashed takes their places", () => {
	it.each([
		["one process", "several", { worker: undefined, workers: 1 }, { worker: 1, workers: 2 }],
		["several processes", "one", { worker: 3, workers: 4 }, { worker: undefined, workers: 1 }],
		["several processes", "fewer", { worker: 3, workers: 4 }, { worker: 1, workers: 2 }],
		["several processes", "as many", { worker: 2, workers: 2 }, { worker: 2, workers: 2 }],
	])("from %s to %s", async (_before, _after, before, after) => {
		const { app, db } = await build();
		const mark = { until: app.storage.now(), before: null, gaps: [] };
		const { own } = addressesOf({ port: PORT, ...before });
		const elsewhere = addressesOf({ port: PORT + 1, ...before }).own;
		await app.storage.write(markCommitted, { id: "crashed", address: own, ...mark });
		await app.storage.write(markCommitted, { id: "alive", address: elsewhere, ...mark });
		const taken = addressesOf({ port: PORT, ...after });
		await app.storage.write(takeAddress, { id: "next", address: taken.own, vacant: taken.vacant });
		const left = db.prepare("SELECT id FROM server_process WHERE address IS NOT NULL").pluck().all();
		expect(left).toEqual(["alive"]);
	});

	it("but no process takes the place of another that runs", () => {
		const all = [1, 2, 3].map((worker) => addressesOf({ port: PORT, worker, workers: 3 }));
		expect(new Set(all.map(({ own }) => own)).size).toBe(3);
		for (const { own } of all) expect(all.flatMap(({ vacant }) => vacant)).not.toContain(own);
	});
});
