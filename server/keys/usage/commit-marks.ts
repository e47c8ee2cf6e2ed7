import { randomUUID } from "node:crypto";

import type { Clock } from "../../clock.ts";
import type { Storage } from "../../storage/storage.ts";
import { leaveProcess, markCommitted, takeAddress } from "./processes.store.ts";
import type { Gap } from "./silence-gaps.store.ts";
import { STRETCH_MS, stretchOf } from "./stretches.ts";

/** The time in use may drift by so much from the monotonic clock between two flushes. */
const DRIFT_MS = 2_000;
const LOW = { priority: "low" } as const;

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
	let marked: number | null = null;
	/** Where it listens. */
	let address: string | null = null;
	let vacant: readonly string[] = [];
	let isAddressStored = true;
	/** When this process last did anything. */
	let aliveAt = clock.now();
	let takenAt = { at: aliveAt, monotonic: clock.monotonic() };
	/** Not stored yet. */
	let gaps: Gap[] = [];

	function alive(at: number): void {
		if (at - aliveAt > STRETCH_MS) gaps.push({ from: aliveAt, to: at });
		aliveAt = at;
	}

	async function withGaps(store: (taken: Gap[]) => Promise<void>): Promise<void> {
		const taken = gaps;
		await store(taken);
		gaps = gaps.slice(taken.length);
	}

	return {
		/** Call for each request that is counted. */
		alive,
		/** Call when what was counted so far is taken to be written. Returns the time, in milliseconds. */
		take(): number {
			const taken = { at: clock.now(), monotonic: clock.monotonic() };
			const drift = taken.at - takenAt.at - (taken.monotonic - takenAt.monotonic);
			if (Math.abs(drift) > DRIFT_MS) gaps.push({ from: takenAt.at, to: taken.at });
			takenAt = taken;
			alive(taken.at);
			return taken.at;
		},
		/** Call once all that was counted before `until` is written. */
		async written(until: number): Promise<void> {
			if (marked === null || stretchOf(until) !== stretchOf(marked)) {
				const mark = { id, address, until, before: marked };
				await withGaps((taken) => storage.write(markCommitted, { ...mark, gaps: taken }, LOW));
				marked = until;
			}
			if (address === null || isAddressStored) return;
			await storage.write(takeAddress, { id, address, vacant }, LOW);
			isAddressStored = true;
		},
		/** Call once it listens. @param addresses from `addressesOf` */
		listensOn(addresses: { own: string; vacant: readonly string[] }): void {
			address = addresses.own;
			({ vacant } = addresses);
			isAddressStored = false;
		},
		/** Call on close: everything is written, and nothing more will be counted. */
		leave: (): Promise<void> =>
			withGaps((taken) => storage.write(leaveProcess, { id, until: takenAt.at, gaps: taken }, LOW)),
	};
}

export type CommitMarks = ReturnType<typeof createCommitMarks>;
