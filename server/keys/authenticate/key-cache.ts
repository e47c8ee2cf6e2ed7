import { BoundedMap } from "../../http/bounded-map.ts";
import type { Storage } from "../../storage/storage.ts";
import { findKeysByDigest, type KnownKey } from "./authenticate.store.ts";

const MAX_CACHED_KEYS = 200_000;

/** Caches active keys by digest until the epoch changes. Call `freshness.check()` before each lookup. */
export function createKeyCache({ freshness, lookUp }: Pick<Storage, "freshness" | "lookUp">) {
	let cache = new BoundedMap<KnownKey>(MAX_CACHED_KEYS);
	let { epoch, generation } = freshness;

	return {
		cached(digest: string): KnownKey | undefined {
			if (freshness.epoch !== epoch || freshness.generation !== generation) {
				({ epoch, generation } = freshness);
				cache = new BoundedMap(MAX_CACHED_KEYS);
			}
			return cache.get(digest);
		},
		/** Reads the key, active or revoked, from the database. */
		async find(digest: string): Promise<KnownKey | undefined> {
			const found = await lookUp(findKeysByDigest, digest);
			if (found === undefined) return undefined;
			const { key } = found;
			if (key.sealed && key.revokedAt === null && found.epoch === epoch) cache.set(digest, key);
			return key;
		},
	};
}

export type KeyCache = ReturnType<typeof createKeyCache>;
