import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";

import { vi } from "vitest";

import { SYSTEM } from "../../../../server/activity/actor.ts";
import { findKeys } from "../../../../server/keys/manage/find-keys.store.ts";
import { insertKey, revokeKey } from "../../../../server/keys/manage/key-writes.store.ts";
import { examineRetirements } from "../../../../server/keys/retire/examine.store.ts";
import { beginRetirement, cancelRetirement } from "../../../../server/keys/retire/retirement.store.ts";
import { createCommitMarks } from "../../../../server/keys/usage/commit-marks.ts";
import { serverHeaders } from "../../../../server/keys/usage/game-server.ts";
import { isClosing, seriesOf } from "../../../../server/keys/usage/series.ts";
import { createUsageMeter } from "../../../../server/keys/usage/usage-meter.ts";
import { databasePath, openConnection } from "../../../../server/storage/sqlite/open-database.ts";
import { openSqlite } from "../../../../server/storage/sqlite/storage.ts";
import type { Storage } from "../../../../server/storage/storage.ts";
import { dataFolder } from "../../data-folder.ts";
import { testClock } from "../../helper.ts";
import { newKey } from "../../storage/conformance/new-key.ts";
import { inlineThreads } from "../../storage/inline-threads.ts";
import { addRow } from "../../storage/probes.store.ts";
import { stores } from "../../storage/stores.ts";
import { placeDatabase } from "../../template-database.ts";
import { BEGINS_AT, type HistoryBackend, OUTCOME, outcomeOf, type OutcomeRow, type Product } from "./product.ts";

const threads = inlineThreads(stores);

/** The parts of backends that count, write and judge, on a real database: a thousand requests take no longer than one over HTTP. */
export async function withoutHttp(): Promise<Product> {
	const folder = await dataFolder();
	await placeDatabase(folder);
	const path = databasePath(folder);
	const clock = testClock();
	clock.advanceTo(BEGINS_AT);
	const workspaceId = `ws_${randomUUID()}`;
	let isNew = true;
	const db = openConnection(path, 5_000);
	const outcome = db.prepare<[string], OutcomeRow>(OUTCOME);
	const open = new Set<Storage>();

	async function start(name: string): Promise<HistoryBackend> {
		const storage = openSqlite({ path, clock, stores, threads, limitScale: 0 });
		const fail = (error: unknown): void => {
			throw error;
		};
		const time = { now: () => storage.now(), monotonic: () => clock.monotonic() };
		// It writes what it counted only when told to.
		vi.useFakeTimers({ toFake: ["setInterval"] });
		const marks = createCommitMarks({ storage, clock: time });
		marks.listensOn({ own: name, vacant: [] });
		const meter = createUsageMeter({ storage, marks, onError: fail });
		vi.useRealTimers();
		await meter.flush();
		if (isNew) await storage.write(addRow, { id: workspaceId });
		isNew = false;
		open.add(storage);
		async function close(): Promise<void> {
			open.delete(storage);
			await storage.close();
		}
		return {
			now: () => storage.now(),
			async request({ id }, headers) {
				const series = seriesOf(headers);
				if (series !== "game") meter.recordFromStudio(id, storage.now(), series);
				else if (isClosing(headers)) meter.recordGoodbye(id, storage.now(), serverHeaders(headers));
				else meter.record(id, storage.now(), serverHeaders(headers));
				return Promise.resolve(true);
			},
			flush: async () => void (await meter.flush()),
			async stop() {
				await meter.close();
				await close();
			},
			kill: close,
			async createKey(replaces) {
				const key = newKey(workspaceId);
				await storage.write(insertKey, { ...key, replaces: replaces?.id ?? null });
				return { id: key.id, secret: null };
			},
			revoke: async ({ id }) => void (await storage.write(revokeKey, { actor: SYSTEM, keyId: id, reason: "deleted" })),
			retire: ({ id }, by) =>
				storage.write(beginRetirement, { actor: SYSTEM, workspaceId, keyId: id, replacedBy: by.id }),
			keep: ({ id }) => storage.write(cancelRetirement, { actor: SYSTEM, workspaceId, keyId: id }),
			async examine() {
				while (await storage.write(examineRetirements, undefined));
			},
			outcome: ({ id }) => outcomeOf(outcome.get(id)),
			async look(keys) {
				const found = await storage.scan(findKeys, { ids: keys.map(({ id }) => id) });
				return new Map(found.map((key) => [key.id, key]));
			},
		};
	}

	return {
		clock,
		start,
		async close() {
			for (const storage of open) await storage.close();
			db.close();
			await rm(folder, { recursive: true });
		},
	};
}
