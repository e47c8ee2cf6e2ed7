import { BoundedMap } from "../../http/bounded-map.ts";
import type { Storage } from "../../storage/storage.ts";
import { findKeyByDigest, type KnownKey } from "./authenticate.store.ts";

const MOST_CACHED_KEYS = 200_000;

/** Remembers usable keys by digest for as long as the epoch stays the same. Ask only after `freshness.check()`. */
export function createKeyCache({ freshness, read }: Pick<Storage, "freshness" | "read">) {
	let cache = new BoundedMap<KnownKey>(MOST_CACHED_KEYS);
	let epoch = freshness.epoch;

	return {
		cached(digest: string): KnownKey | undefined {
			if (freshness.epoch !== epoch) {
				epoch = freshness.epoch;
				cache = new BoundedMap(MOST_CACHED_KEYS);
			}
			return cache.get(digest);
		},
		/** The key with this SHA-256 as the database has it, revoked ones included. */
		async find(digest: string): Promise<KnownKey | undefined> {
			const found = await read(findKeyByDigest, { digest });
			if (found === undefined) return undefined;
			const { key } = found;
			if (key.sealed && key.revokedAt === null && found.epoch === epoch) cache.set(digest, key);
			return key;
		},
	};
}

export type KeyCache = ReturnType<typeof createKeyCache>;
