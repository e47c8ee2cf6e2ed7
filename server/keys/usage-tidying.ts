import { setTimeout as sleep } from "node:timers/promises";

import type { SqliteDatabase } from "../storage/open-database.ts";
import { readCounts } from "./key-use.ts";
import { hourOf } from "./usage-entry.ts";

/** Thirty days, of which the last hour is not over, and one more for clocks that differ. */
const HOURS_KEPT = 30 * 24 + 1;
/** Small steps: nobody who wants to write has to wait for more than one. */
const STEP_ROWS = 500;
const PAUSE_MS = 50;

/** Once an hour: forgets what is older than thirty days, and takes the hour that left the last day out of its sum. */
export function createTidying(db: SqliteDatabase) {
	const forget = db.prepare<[number]>(`
		DELETE FROM key_usage WHERE (hour, key_id) IN (
			SELECT hour, key_id FROM key_usage WHERE hour < ? ORDER BY hour, key_id LIMIT ${STEP_ROWS}
		)`);
	const countedKeys = db
		.prepare<[string], string>(
			`SELECT id FROM api_key WHERE id > ? AND requests_24h > 0 ORDER BY id LIMIT ${STEP_ROWS}`,
		)
		.pluck();
	const correct = db.prepare<{ id: string; sum: number }>(
		"UPDATE api_key SET requests_24h = :sum WHERE id = :id AND requests_24h <> :sum",
	);
	const reckon = db.transaction((ids: string[], now: number) => {
		for (const [id, { requests24h }] of readCounts(db, ids, now)) correct.run({ id, sum: requests24h });
	});
	let running = false;
	let latest = 0;
	let done: number | undefined;

	async function tidy(now: number): Promise<void> {
		while (forget.run(hourOf(now) - HOURS_KEPT + 1).changes === STEP_ROWS) await sleep(PAUSE_MS);
		for (let after = ""; ;) {
			const ids = countedKeys.all(after);
			reckon.immediate(ids, now);
			const last = ids.at(-1);
			if (last === undefined) return;
			after = last;
			await sleep(PAUSE_MS);
		}
	}

	return {
		/** At the first call in an hour. What fails is done with a later call. */
		async at(now: number): Promise<void> {
			latest = now;
			if (running) return;
			running = true;
			try {
				while (hourOf(latest) !== done) {
					const hour = hourOf(latest);
					await tidy(latest);
					done = hour;
				}
			} catch {
				// Locked or full: the counts themselves are reported, and this can wait.
			} finally {
				running = false;
			}
		},
	};
}
