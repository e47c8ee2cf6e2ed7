import type { Clock } from "../../clock.ts";
import { BoundedMap } from "../../http/bounded-map.ts";
import type { Storage } from "../../storage/storage.ts";
import { findLastServerAt } from "./last-server.store.ts";

/** How often other processes' writes are read, at most. */
const READ_AGAIN_AFTER_MS = 5_000;
const MOST_REMEMBERED = 200_000;

interface Remembered {
	/** Milliseconds since 1970; null: never. */
	at: number | null;
	/** By the monotonic clock. */
	readAt: number;
}

/** When game servers last used each key: as seen by this process at once, and by others a few seconds later. */
export function createLastServers({ read }: Pick<Storage, "read">, clock: Clock) {
	const remembered = new BoundedMap<Remembered>(MOST_REMEMBERED);

	async function readAgain(keyId: string, seen: number | null): Promise<number | null> {
		const readAt = clock.monotonic();
		const stored = await read(findLastServerAt, { keyId });
		const seenMeanwhile = remembered.get(keyId)?.at ?? null;
		remembered.set(keyId, { at: later(stored, seenMeanwhile), readAt });
		return later(stored, seen);
	}

	return {
		/** Synchronous, except for the first time and every few seconds. */
		find(keyId: string): number | null | Promise<number | null> {
			const known = remembered.get(keyId);
			if (known !== undefined && clock.monotonic() - known.readAt < READ_AGAIN_AFTER_MS) return known.at;
			return readAgain(keyId, known?.at ?? null);
		},
		saw(keyId: string, at: number): void {
			const known = remembered.get(keyId);
			if (known !== undefined) known.at = at;
			else remembered.set(keyId, { at, readAt: -Infinity });
		},
	};
}

function later(one: number | null, other: number | null): number | null {
	return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

export type LastServers = ReturnType<typeof createLastServers>;
