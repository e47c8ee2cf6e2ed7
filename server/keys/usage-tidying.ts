import { setTimeout as sleep } from "node:timers/promises";

import type { SqliteDatabase } from "../storage/open-database.ts";

export const HOURS_IN_A_DAY = 24;
/** The last one of thirty days is not over. */
const HOURS_KEPT = 30 * HOURS_IN_A_DAY + 1;
/** Small steps: nobody who wants to write has to wait for more than one. */
const STEP_ROWS = 500;
const PAUSE_MS = 50;

/** Once an hour: forgets what is older than thirty days, and takes the hour that left the last day out of its sum. */
export function createTidying(db: SqliteDatabase) {
	const forget = db.prepare<[number]>(`
		DELETE FROM key_usage WHERE (key_id, hour) IN (
			SELECT key_id, hour FROM key_usage WHERE hour < ? ORDER BY hour LIMIT ${STEP_ROWS}
		)`);
	const counted = db
		.prepare<[string], string>(
			`SELECT id FROM api_key WHERE id > ? AND requests_24h > 0 ORDER BY id LIMIT ${STEP_ROWS}`,
		)
		.pluck();
	const reckon = db.prepare<{ id: string; since: number }>(`
		UPDATE api_key SET requests_24h = sum FROM (
			SELECT coalesce(sum(accepted), 0) AS sum FROM key_usage WHERE key_id = :id AND hour >= :since
		) WHERE id = :id AND requests_24h <> sum`);
	const reckonAll = db.transaction((ids: string[], since: number) => {
		for (const id of ids) reckon.run({ id, since });
	});
	let running = false;
	let done: number | undefined;

	async function tidy(hour: number): Promise<void> {
		while (forget.run(hour - HOURS_KEPT + 1).changes === STEP_ROWS) await sleep(PAUSE_MS);
		for (let after = ""; ;) {
			const ids = counted.all(after);
			reckonAll.immediate(ids, hour - HOURS_IN_A_DAY + 1);
			const last = ids.at(-1);
			if (last === undefined) return;
			after = last;
			await sleep(PAUSE_MS);
		}
	}

	return {
		/** At the first call in an hour. What fails is done with a later call. */
		async at(hour: number): Promise<void> {
			if (running || hour === done) return;
			running = true;
			try {
				await tidy(hour);
				done = hour;
			} catch {
				// Locked or full: the counts themselves are reported, and this can wait.
			} finally {
				running = false;
			}
		},
	};
}
