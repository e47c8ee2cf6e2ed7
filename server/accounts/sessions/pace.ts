import { CountedMap } from "../../http/counted-map.ts";
import type { LimitOptions } from "../../http/limits.ts";

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

/** As `LimitOptions`. */
export type PaceOptions = Pick<LimitOptions, "name" | "peers" | "clock" | "scale">;

/**
 * Slows down guesses: after some failures a key has to wait before each attempt, twice as long every time, up to five
 * minutes. It is never refused for good. `scale` multiplies the failures before that; 0 turns it off.
 */
export function createPace({ name, peers, clock, scale }: PaceOptions) {
	const free = Math.max(1, Math.round(FREE_FAILURES * scale));
	const failures = new CountedMap<Failures>(MAX_KEYS);

	function find(key: string): Failures | undefined {
		const found = failures.get(key);
		return found && clock.monotonic() - found.at < FORGOTTEN_AFTER_SECONDS * 1000 ? found : undefined;
	}

	function add(key: string, added: number): void {
		const found = find(key);
		if (added > 0) failures.set(key, { count: (found?.count ?? 0) + added, at: clock.monotonic() });
		else if (found !== undefined) failures.set(key, { ...found, count: Math.max(0, found.count + added) });
	}

	const tell = peers.shareCounts(name, (key, { added }) => add(key, added));

	function change(key: string, added: number): void {
		add(key, added);
		tell(key, { forgotten: false, added });
	}

	return {
		/** Counts a failure. */
		hit: (key: string): void => change(key, 1),
		/** Seconds until the next attempt; undefined if it may come now. */
		retryAfter(key: string): number | undefined {
			const found = scale === 0 ? undefined : find(key);
			if (found === undefined || found.count < free) return undefined;
			const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (found.count - free));
			const seconds = Math.ceil(wait - (clock.monotonic() - found.at) / 1000);
			return seconds > 0 ? seconds : undefined;
		},
		/** Takes back a failure that was none. */
		giveBack: (key: string): void => change(key, -1),
	};
}
