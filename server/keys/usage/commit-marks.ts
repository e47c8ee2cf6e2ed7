import { randomUUID } from "node:crypto";

import type { Clock } from "../../clock.ts";
import type { Storage } from "../../storage/storage.ts";
import { leaveProcess, markCommitted } from "./processes.store.ts";
import { STRETCH_MS, stretchOf } from "./stretches.ts";

/** The wall clock may drift by so much from the monotonic clock between two flushes. */
const DRIFT_MS = 2_000;

export interface CommitMarksOptions {
	storage: Pick<Storage, "write">;
	clock: Clock;
	/** Of this server among those on the database. One that starts again with the name of one that crashed replaces it. */
	name: string;
}

/**
 * Tells all servers on the database up to when this one has written what it counted, so that silence counts as silence:
 * once per stretch. Time in which this process stood still, or in which its clock jumped, does not count.
 */
export function createCommitMarks({ storage, clock, name }: CommitMarksOptions) {
	const id = randomUUID();
	let markedStretch: number | undefined;
	/** When this process last did anything. */
	let aliveAt = clock.now();
	let flushedAt = { at: aliveAt, monotonic: clock.monotonic() };
	/** Stretches that began before it do not count. */
	let countsFrom = 0;

	function alive(at: number): void {
		if (at - aliveAt > STRETCH_MS) countsFrom = at;
		aliveAt = at;
	}

	function compareClocks(at: number): void {
		const monotonic = clock.monotonic();
		const drift = at - flushedAt.at - (monotonic - flushedAt.monotonic);
		if (Math.abs(drift) > DRIFT_MS) countsFrom = at;
		flushedAt = { at, monotonic };
	}

	return {
		/** Call for each request that is counted. */
		alive,
		/** Call once everything that was counted before `until` is written. */
		async flushed(until: number): Promise<void> {
			alive(until);
			compareClocks(until);
			if (stretchOf(until) === markedStretch) return;
			const isFirst = markedStretch === undefined;
			await storage.write(markCommitted, { id, name, isFirst, until, countsFrom }, { priority: "low" });
			markedStretch = stretchOf(until);
		},
		/** Call on close: everything is written, and nothing more will be counted. */
		leave: (): Promise<void> => storage.write(leaveProcess, { id, countsFrom }, { priority: "low" }),
	};
}

export type CommitMarks = ReturnType<typeof createCommitMarks>;
