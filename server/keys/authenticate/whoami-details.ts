import type { Clock } from "../../clock.ts";
import { BoundedMap } from "../../http/bounded-map.ts";
import type { Storage } from "../../storage/storage.ts";
import { latest } from "../usage/times.ts";
import { findWhoamiDetails, type WhoamiDetails } from "./whoami-details.store.ts";

/** Picks up writes of other processes. */
const REFRESH_AFTER_MS = 5_000;
const MAX_CACHED = 200_000;

type CachedDetails = WhoamiDetails & {
	/** Monotonic milliseconds. */
	readAt: number;
};

/** When game servers last used each key, and how its rotation is. What other processes see appears a few seconds later. */
export function createWhoamiCache({ read }: Pick<Storage, "read">, clock: Clock) {
	const cache = new BoundedMap<CachedDetails>(MAX_CACHED);

	async function refresh(keyId: string, seen: number | null): Promise<WhoamiDetails> {
		const readAt = clock.monotonic();
		const stored = await read(findWhoamiDetails, { keyId });
		const recorded = cache.get(keyId)?.lastServerAt ?? null;
		cache.set(keyId, { ...stored, lastServerAt: latest(stored.lastServerAt, recorded), readAt });
		return { ...stored, lastServerAt: latest(stored.lastServerAt, seen) };
	}

	return {
		/** Synchronous unless the cached details are missing or stale. */
		find(keyId: string): WhoamiDetails | Promise<WhoamiDetails> {
			const known = cache.get(keyId);
			if (known !== undefined && clock.monotonic() - known.readAt < REFRESH_AFTER_MS) {
				return { lastServerAt: known.lastServerAt, rotation: known.rotation };
			}
			return refresh(keyId, known?.lastServerAt ?? null);
		},
		/** Records a game server's use. */
		record(keyId: string, at: number): void {
			const known = cache.get(keyId);
			if (known !== undefined) known.lastServerAt = at;
			else cache.set(keyId, { lastServerAt: at, rotation: null, readAt: -Infinity });
		},
	};
}

export type WhoamiCache = ReturnType<typeof createWhoamiCache>;
