import { describe, expect, it } from "vitest";

import { keyLookUp } from "../../../../server/keys/authenticate/authenticate.store.ts";
import { insertKey, type NewKey, revokeKey } from "../../../../server/keys/manage/key-writes.store.ts";
import { addUsage } from "../../../../server/keys/usage/usage.store.ts";
import { emptyEntry } from "../../../../server/keys/usage/usage-entry.ts";
import type { Storage } from "../../../../server/storage/storage.ts";
import { addRow, runSql } from "../probes.store.ts";
import type { Engine } from "./engine.ts";
import { newKey, NO_ACTOR } from "./new-key.ts";

async function addKey(storage: Storage): Promise<NewKey> {
	const key = newKey("ws_1");
	await storage.write(insertKey, key);
	return key;
}

/** Tells whether `change` renews the epoch, as another process sees it. */
async function isRenewed(engine: Engine, change: (storage: Storage, keyId: string) => Promise<unknown>) {
	const database = await engine.create();
	const [here, there] = [await database.open(), await database.open()];
	await there.write(addRow, { id: "ws_1" });
	await there.write(addRow, { id: "ws_9" });
	await there.write(runSql, {
		text: "INSERT INTO revoked_maker (workspace_id, maker_id, at) VALUES ('ws_9', 'jo', 1)",
	});
	const { id: keyId } = await addKey(there);
	await here.freshness.check();
	const before = here.freshness.epoch;
	await change(there, keyId);
	await here.freshness.check();
	return here.freshness.epoch !== before;
}

const run = (text: string) => (storage: Storage) => storage.write(runSql, { text });

export function freshness(engine: Engine): void {
	describe(`${engine.name}: the epoch`, () => {
		it.each([
			[
				"is revoked",
				(storage: Storage, keyId: string) =>
					storage.write(revokeKey, { actor: NO_ACTOR, keyId, reason: "deleted" as const }),
			],
			["is renamed", run("UPDATE api_key SET label = 'Arena'")],
			["is deleted", run("DELETE FROM api_key")],
			["loses its workspace", run("UPDATE workspace SET deleted_at = 1")],
			["has its workspace renamed", run("UPDATE workspace SET name = 'Two'")],
			["moves", run("UPDATE api_key SET workspace_id = (SELECT id FROM workspace WHERE id <> 'ws_1')")],
			[
				"is revoked with its creator",
				run("INSERT INTO revoked_maker (workspace_id, maker_id, at) VALUES ('ws_1', 'rin', 1)"),
			],
			["is revoked with its creator after others were", run("UPDATE revoked_maker SET at = 2")],
		])("changes in every process when a key %s", async (_, change) => {
			expect(await isRenewed(engine, change)).toBe(true);
		});

		it.each([
			[
				"a key is used",
				(storage: Storage, keyId: string) =>
					storage.write(addUsage, { entries: [{ ...emptyEntry(keyId, 29_000_000), accepted: 3, lastUsedAt: 5 }] }),
			],
			["a key is created", (storage: Storage) => addKey(storage)],
			["a workspace is created", (storage: Storage) => storage.write(addRow, { id: "ws_2" })],
		])("does not change when %s", async (_, change) => {
			expect(await isRenewed(engine, change)).toBe(false);
		});

		it("never repeats, in one database or across two", async () => {
			const epochs = new Set<string>();
			for (let time = 0; time < 2; time++) {
				const storage = await (await engine.create()).open();
				await storage.write(addRow, { id: "ws_1" });
				for (const name of ["One", "Two", "One"]) {
					await storage.write(runSql, { text: `UPDATE workspace SET name = '${name}'` });
					await storage.freshness.check();
					epochs.add(storage.freshness.epoch);
				}
			}
			expect(epochs.size).toBe(6);
			for (const epoch of epochs) expect(epoch).toMatch(/^[0-9a-f]{16}$/);
		});

		it("is read with a key in the same snapshot", async () => {
			const storage = await (await engine.create()).open();
			await storage.write(addRow, { id: "ws_1" });
			const { id: keyId, digest } = await addKey(storage);
			await storage.write(revokeKey, { actor: NO_ACTOR, keyId, reason: "deleted" });
			const found = await storage.lookUp(keyLookUp, digest);
			await storage.freshness.check();
			expect(found).toMatchObject({ epoch: storage.freshness.epoch, key: { revokedReason: "deleted" } });
		});
	});

	describe(`${engine.name}: a freshness check`, () => {
		it("is shared by all calls before it begins, and by none after", async () => {
			const storage = await (await engine.create()).open();
			const first = storage.freshness.check();
			expect(storage.freshness.check()).toBe(first);
			await first;
			const second = storage.freshness.check();
			expect(second).not.toBe(first);
			await second;
		});

		it("that fails is an error for all calls that share it, and the next one can succeed", async () => {
			const database = await engine.create();
			const [here, there] = [await database.open(), await database.open()];
			await there.write(runSql, { text: "ALTER TABLE authentication_epoch RENAME TO hidden" });
			const asked = [here.freshness.check(), here.freshness.check()];
			for (const each of await Promise.allSettled(asked)) {
				expect(each).toMatchObject({ status: "rejected", reason: { name: "StorageError", code: "unavailable" } });
			}
			await there.write(runSql, { text: "ALTER TABLE hidden RENAME TO authentication_epoch" });
			await expect(here.freshness.check()).resolves.toBeUndefined();
		});
	});
}
