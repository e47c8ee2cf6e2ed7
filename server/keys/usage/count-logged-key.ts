import type { Storage } from "../../storage/storage.ts";
import { slotOf } from "./logged-uses.ts";
import { countFromLog, isLogged } from "./usage-log.store.ts";

/** A key's uses are a few steps of its slot away, unless the slot is flooded. */
const MAX_STEPS = 4;
/** Looking for a key takes milliseconds where its slot is long. */
const PAUSE_MS = 100;

export interface CountLoggedKeyOptions {
	storage: Pick<Storage, "read" | "write">;
	onError: (error: unknown) => void;
}

/**
 * Counts logged uses of a key before its counts are read for someone who looks only at that key. One key at a time, after all
 * other writes, and a few times a second: where many are asked for, some are shown as they were counted before.
 */
export function createCountLoggedKey({ storage, onError }: CountLoggedKeyOptions): (keyId: string) => Promise<void> {
	let running: { keyId: string; done: Promise<void> } | undefined;
	let endedAt = -Infinity;

	async function count(keyId: string): Promise<void> {
		try {
			for (let step = 0; step < MAX_STEPS && (await storage.read(isLogged, { keyId })); step += 1)
				await storage.write(countFromLog, { slot: slotOf(keyId) }, { priority: "low", additive: true });
		} catch (error) {
			// They are counted later.
			onError(error);
		}
		running = undefined;
		endedAt = performance.now();
	}

	return async (keyId) => {
		if (running === undefined && performance.now() - endedAt > PAUSE_MS) running = { keyId, done: count(keyId) };
		if (running?.keyId === keyId) await running.done;
	};
}
