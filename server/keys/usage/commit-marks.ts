import { randomUUID } from "node:crypto";

import type { Clock } from "../../clock.ts";
import type { Storage } from "../../storage/storage.ts";
import { leaveProcess, markCommitted, takeAddress } from "./processes.store.ts";
import { STRETCH_MS, stretchOf } from "./stretches.ts";

/** The time in use may drift by so much from the monotonic clock between two flushes. */
const DRIFT_MS = 2_000;

export interface CommitMarksOptions {
	storage: Pick<Storage, "write">;
	clock: Clock;
}

/**
 * Tells all servers on the database up to when this one has written what it counted, so that silence counts as silence:
 * once per stretch. Time in which this process stood still, or in which its clock jumped, does not count.
 */
export function createCommitMarks({ storage, clock }: CommitMarksOptions) {
	const id = randomUUID();
	let markedStretch: number | undefined;
	/** Not stored yet. */
	let newAddress: string | undefined;
	/** When this process last did anything. */
	let aliveAt = clock.now();
	let takenAt = { at: aliveAt, monotonic: clock.monotonic() };
	/** Stretches that began before it do not count. */
	let countsFrom = 0;

	function alive(at: number): void {
		if (at - aliveAt > STRETCH_MS) countsFrom = at;
		aliveAt = at;
	}

	return {
		/** Call for each request that is counted. */
		alive,
		/** Call when what was counted so far is taken to be written. Returns the time, in milliseconds. */
		take(): number {
			const taken = { at: clock.now(), monotonic: clock.monotonic() };
			const drift = taken.at - takenAt.at - (taken.monotonic - takenAt.monotonic);
			if (Math.abs(drift) > DRIFT_MS) countsFrom = taken.at;
			takenAt = taken;
			alive(taken.at);
			return taken.at;
		},
		/** Call once all that was counted before `until` is written. */
		async written(until: number): Promise<void> {
			if (newAddress !== undefined) {
				await storage.write(takeAddress, { id, address: newAddress }, { priority: "low" });
				newAddress = undefined;
			}
			if (stretchOf(until) === markedStretch) return;
			const isFirst = markedStretch === undefined;
			await storage.write(markCommitted, { id, isFirst, until, countsFrom }, { priority: "low" });
			markedStretch = stretchOf(until);
		},
		/** Call once it listens. @param address its host name and port, among all servers on the database */
		listensOn(address: string): void {
			newAddress = address;
		},
		/** Call on close: everything is written, and nothing more will be counted. */
		leave: (): Promise<void> => storage.write(leaveProcess, { id, countsFrom }, { priority: "low" }),
	};
}

export type CommitMarks = ReturnType<typeof createCommitMarks>;
