import type { ApiKey } from "./api-key.ts";

const MAX_ENTRIES = 10_000;

export interface KeyCache {
	find(digest: string): ApiKey | undefined;
	/** @param askedAt by `performance.now()`: the answer may be as old */
	add(digest: string, key: ApiKey, askedAt: number): void;
}

/** Remembers keys that were accepted, by their digest, until `cacheMs` after they were asked about. */
export function createKeyCache(cacheMs: number): KeyCache {
	const entries = new Map<string, { key: ApiKey; until: number }>();
	return {
		find(digest) {
			const entry = entries.get(digest);
			if (entry === undefined) return undefined;
			if (performance.now() < entry.until) return entry.key;
			entries.delete(digest);
			return undefined;
		},
		add(digest, key, askedAt) {
			if (cacheMs === 0) return;
			entries.delete(digest);
			const [oldest] = entries.keys();
			if (oldest !== undefined && entries.size >= MAX_ENTRIES) entries.delete(oldest);
			entries.set(digest, { key, until: askedAt + cacheMs });
		},
	};
}
