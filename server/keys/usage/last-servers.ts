import type { Clock } from "../../clock.ts";
import { BoundedMap } from "../../http/bounded-map.ts";
import type { Storage } from "../../storage/storage.ts";
import { findLastServerAt } from "./last-server.store.ts";

/** Picks up writes of other processes. */
const REFRESH_AFTER_MS = 5_000;
const MAX_CACHED = 200_000;

interface CachedTime {
	/** In milliseconds; null: never. */
	at: number | null;
	/** Monotonic milliseconds. */
	readAt: number;
}

/** When game servers last used each key. Uses seen by other processes appear a few seconds later. */
export function createLastServers({ read }: Pick<Storage, "read">, clock: Clock) {
	const cache = new BoundedMap<CachedTime>(MAX_CACHED);

	async function refresh(keyId: string, seen: number | null): Promise<number | null> {
		const readAt = clock.monotonic();
		const stored = await read(findLastServerAt, { keyId });
		const recorded = cache.get(keyId)?.at ?? null;
		cache.set(keyId, { at: latest(stored, recorded), readAt });
		return latest(stored, seen);
	}

	return {
		/** Synchronous unless the cached time is missing or stale. */
		find(keyId: string): number | null | Promise<number | null> {
			const known = cache.get(keyId);
			if (known !== undefined && clock.monotonic() - known.readAt < REFRESH_AFTER_MS) return known.at;
			return refresh(keyId, known?.at ?? null);
		},
		record(keyId: string, at: number): void {
			const known = cache.get(keyId);
			if (known !== undefined) known.at = at;
			else cache.set(keyId, { at, readAt: -Infinity });
		},
	};
}

function latest(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

export type LastServers = ReturnType<typeof createLastServers>;
