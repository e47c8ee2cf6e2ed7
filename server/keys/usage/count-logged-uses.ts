import { setTimeout as sleep } from "node:timers/promises";

import type { Storage } from "../../storage/storage.ts";
import { countFromLog, nextSlot } from "./usage-log.store.ts";

const LOOK_EVERY_MS = 2_000;
/** The later uses are counted, the more of them are counted at once: those of a key take as long as one of it. */
const LATE_MS = 120_000;
/** Since the latest, which processes log every two seconds. */
const QUIET_MS = 5_000;
/** Of the time that the database's writer has. */
const SHARE = 1 / 20;
const SHARE_IF_LATE_OR_QUIET = 1 / 2;
const REPORT_EVERY_MS = 60_000;

export interface CountLoggedUsesOptions {
	storage: Pick<Storage, "read" | "write" | "now">;
	/** One process is enough. */
	isLeader: () => Promise<boolean>;
	onError: (error: unknown) => void;
	/** How often it looks whether there are any. Default: two seconds. */
	everyMs?: number | undefined;
}

/** Counts logged uses, slot by slot, with so many pauses that it costs little. Returns what stops it. */
export function countLoggedUses(options: CountLoggedUsesOptions): () => Promise<void> {
	const { storage, isLeader, onError, everyMs = LOOK_EVERY_MS } = options;
	const closing = new AbortController();
	let after = -1;
	let reportedAt = -Infinity;
	const done = work();

	async function work(): Promise<void> {
		let wait = everyMs;
		while (!closing.signal.aborted) {
			await sleep(wait, undefined, { ref: false, signal: closing.signal }).catch(() => undefined);
			try {
				wait = await step();
			} catch (error) {
				wait = everyMs;
				report(error);
			}
		}
	}

	/** Resolves to how long to wait, in milliseconds. */
	async function step(): Promise<number> {
		if (closing.signal.aborted || !(await isLeader())) return everyMs;
		const slot = await storage.read(nextSlot, { after });
		if (slot === undefined) return everyMs;
		// Also past one that cannot be counted.
		after = slot;
		const began = performance.now();
		const counted = await storage.write(countFromLog, { slot }, { priority: "low", additive: true });
		const took = performance.now() - began;
		if (counted.oldest === undefined || counted.newest === undefined) return everyMs;
		after = counted.slot;
		const now = storage.now();
		const isUrgent = now - counted.oldest > LATE_MS || now - counted.newest > QUIET_MS;
		return took / (isUrgent ? SHARE_IF_LATE_OR_QUIET : SHARE) - took;
	}

	function report(error: unknown): void {
		if (performance.now() - reportedAt < REPORT_EVERY_MS) return;
		reportedAt = performance.now();
		onError(error);
	}

	return () => {
		closing.abort();
		return done;
	};
}
