import type { ReplacedKey } from "../../../shared/wire.ts";
import type { Clock } from "../../clock.ts";
import { BoundedMap } from "../../http/bounded-map.ts";
import type { Storage } from "../../storage/storage.ts";
import { findReplacedKey } from "./replaced-key.store.ts";

const REFRESH_AFTER_MS = 5_000;
const MAX_CACHED = 1_000;

interface Cached {
	found: Promise<ReplacedKey | null>;
	/** Monotonic milliseconds. */
	readAt: number;
}

/** The key that each key replaces, for the plugin, which asks every ten seconds. */
export function createReplacedKeys({ scan }: Pick<Storage, "scan">, clock: Clock) {
	const cache = new BoundedMap<Cached>(MAX_CACHED);

	return function find(keyId: string): Promise<ReplacedKey | null> {
		const known = cache.get(keyId);
		if (known !== undefined && clock.monotonic() - known.readAt < REFRESH_AFTER_MS) return known.found;
		const found = scan(findReplacedKey, { keyId });
		cache.set(keyId, { found, readAt: clock.monotonic() });
		found.catch(() => cache.delete(keyId));
		return found;
	};
}

export type FindReplacedKey = ReturnType<typeof createReplacedKeys>;
