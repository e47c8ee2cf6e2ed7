import type { Clock } from "../clock.ts";
import { BoundedMap } from "./bounded-map.ts";

/** Keys kept in each of the two maps. A key costs about 150 bytes. */
const MAX_KEYS = 25_000;

export interface LimitOptions {
	max: number;
	windowSeconds: number;
	clock: Clock;
	/** Multiplies `max`; 0 turns the limit off. */
	scale: number;
}

export interface Limit {
	/** Counts one attempt. */
	hit(key: string): void;
	/** Seconds until `key` may try again; undefined if it may now. */
	retryAfter(key: string): number | undefined;
	/** Counts one attempt. If the limit is used up, counts nothing and returns the seconds to wait. */
	take(key: string): number | undefined;
	/** Takes back an attempt that turned out not to count. */
	giveBack(key: string): void;
	/** Resets the count of `key`. */
	forget(key: string): void;
}

interface Counter {
	count: number;
	/** Monotonic milliseconds. */
	endsAt: number;
}

/**
 * Allows `max` attempts in a window that begins with a key's first one. Keys with one hit and keys with more are kept
 * in separate maps, so that a flood of new keys pushes out only other new keys, each worth one hit.
 */
export function createLimit({ max, windowSeconds, clock, scale }: LimitOptions): Limit {
	const allowed = Math.max(1, Math.round(max * scale));
	const once = new BoundedMap<Counter>(MAX_KEYS);
	const often = new BoundedMap<Counter>(MAX_KEYS);
	if (scale === 0) {
		const nothing = () => undefined;
		return { hit: nothing, retryAfter: nothing, take: nothing, giveBack: nothing, forget: nothing };
	}

	function find(key: string, now: number): Counter | undefined {
		const counter = often.get(key) ?? once.get(key);
		if (counter === undefined || counter.endsAt > now) return counter;
		forget(key);
		return undefined;
	}

	function hit(key: string): void {
		const now = clock.monotonic();
		const counter = find(key, now);
		if (counter === undefined) {
			once.set(key, { count: 1, endsAt: now + windowSeconds * 1000 });
			return;
		}
		counter.count += 1;
		once.delete(key);
		often.set(key, counter);
	}

	function retryAfter(key: string): number | undefined {
		const now = clock.monotonic();
		const counter = find(key, now);
		return counter === undefined || counter.count < allowed ? undefined : Math.ceil((counter.endsAt - now) / 1000);
	}

	function take(key: string): number | undefined {
		const seconds = retryAfter(key);
		if (seconds === undefined) hit(key);
		return seconds;
	}

	function giveBack(key: string): void {
		const counter = find(key, clock.monotonic());
		if (counter !== undefined) counter.count -= 1;
	}

	function forget(key: string): void {
		often.delete(key);
		once.delete(key);
	}

	return { hit, retryAfter, take, giveBack, forget };
}
