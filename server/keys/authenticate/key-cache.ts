import type { Clock } from "../../clock.ts";
import type { Eventually, Storage } from "../../storage/storage.ts";
import { latest } from "../usage/times.ts";
import type { Answer } from "./answers.ts";
import { type FoundKey, keyLookUp, type KnownKey } from "./authenticate.store.ts";
import { type Sized, SizedMap } from "./sized-map.ts";

/** A key as it was read, and what is kept with it. */
export interface CachedKey extends KnownKey, Sized {
	/** When it was read, in monotonic milliseconds. */
	readAt: number;
	answer: KeptAnswer | undefined;
	/** When whoami was last answered without `answer`, in monotonic milliseconds. */
	answeredAt: number;
}

/** What whoami answers for a key that is used often. */
export interface KeptAnswer extends Answer {
	/** Monotonic milliseconds. */
	until: number;
}

/** What an entry takes beside the characters of its texts, with its digest and its place in the map: measured. */
const ENTRY_BYTES = 480;
const ANSWER_BYTES = 400;

export interface KeyCacheOptions {
	storage: Pick<Storage, "freshness" | "lookUp">;
	clock: Pick<Clock, "monotonic">;
	maxBytes: number;
}

/** Caches active keys by digest until the epoch changes. Call `freshness.check()` before each look-up. */
export function createKeyCache({ storage: { freshness, lookUp }, clock, maxBytes }: KeyCacheOptions) {
	const cache = new SizedMap<CachedKey>(maxBytes);
	let { epoch, generation } = freshness;

	/** @param maxAgeMs since it was read */
	function cached(digest: string, maxAgeMs = Infinity): CachedKey | undefined {
		if (freshness.epoch !== epoch || freshness.generation !== generation) {
			({ epoch, generation } = freshness);
			cache.clear();
		}
		const key = cache.get(digest);
		return key === undefined || maxAgeMs === Infinity || clock.monotonic() - key.readAt < maxAgeMs ? key : undefined;
	}

	/** @param readAt when the look-up began */
	function store(digest: string, found: FoundKey | undefined, readAt: number): CachedKey | undefined {
		if (found === undefined) return undefined;
		const known = cache.get(digest);
		// What this process counted may not be in the database yet.
		const lastServerAt = latest(found.key.lastServerAt, known?.lastServerAt ?? null);
		const bytes = sizeOf(found.key);
		const key = { ...found.key, lastServerAt, readAt, bytes, answer: undefined, answeredAt: -Infinity };
		if (key.sealed && key.revokedAt === null && found.epoch === epoch) cache.set(digest, key);
		return key;
	}

	return {
		cached,
		/** Reads the key, active or revoked, from the database. */
		find(digest: string): Eventually<CachedKey | undefined> {
			const readAt = clock.monotonic();
			const found = lookUp(keyLookUp, digest);
			if (!(found instanceof Promise)) return store(digest, found, readAt);
			return found.then((key) => store(digest, key, readAt));
		},
		/** Keeps what whoami answers. */
		keep(key: CachedKey, answer: KeptAnswer): void {
			if (key.answer === undefined) cache.grow(key, ANSWER_BYTES + answer.body.length);
			key.answer = answer;
		},
		/** About how much memory it takes. */
		get bytes(): number {
			return cache.bytes;
		},
	};
}

function sizeOf({ id, label, workspaceId, workspaceName }: KnownKey): number {
	return ENTRY_BYTES + id.length + 2 * (label.length + workspaceName.length) + workspaceId.length;
}

export type KeyCache = ReturnType<typeof createKeyCache>;
