import type { Clock } from "../../clock.ts";
import { CountedMap } from "../../http/counted-map.ts";

/** Failures before the first wait. */
const FREE_FAILURES = 20;
const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 300;
const FORGOTTEN_AFTER_SECONDS = 24 * 3_600;
/** Keys with one failure that are remembered, and keys with more. A key costs about 150 bytes. */
const MAX_KEYS = 25_000;

interface Failures {
	count: number;
	/** The last one, in monotonic milliseconds. */
	at: number;
}

/**
 * Slows down guesses: after some failures a key has to wait before each attempt, twice as long every time, up to five
 * minutes. It is never refused for good. `scale` multiplies the failures before that; 0 turns it off.
 */
export function createPace({ clock, scale }: { clock: Clock; scale: number }) {
	const free = Math.max(1, Math.round(FREE_FAILURES * scale));
	const failures = new CountedMap<Failures>(MAX_KEYS);

	function find(key: string): Failures | undefined {
		const found = failures.get(key);
		return found && clock.monotonic() - found.at < FORGOTTEN_AFTER_SECONDS * 1000 ? found : undefined;
	}

	return {
		/** Counts a failure. */
		hit(key: string): void {
			failures.set(key, { count: (find(key)?.count ?? 0) + 1, at: clock.monotonic() });
		},
		/** Seconds until the next attempt; undefined if it may come now. */
		retryAfter(key: string): number | undefined {
			const found = scale === 0 ? undefined : find(key);
			if (found === undefined || found.count < free) return undefined;
			const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (found.count - free));
			const seconds = Math.ceil(wait - (clock.monotonic() - found.at) / 1000);
			return seconds > 0 ? seconds : undefined;
		},
		/** Takes back a failure that was none. */
		giveBack(key: string): void {
			const found = find(key);
			if (found !== undefined) failures.set(key, { ...found, count: found.count - 1 });
		},
	};
}
