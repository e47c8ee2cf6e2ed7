import type { Clock } from "../clock.ts";
import { BoundedMap } from "./bounded-map.ts";

/** Keys remembered in each of the two rooms. A key costs about 150 bytes. */
const ROOM_SIZE = 25_000;

export interface LimitOptions {
	most: number;
	windowSeconds: number;
	clock: Clock;
	/** Multiplies `most`; 0 turns the limit off. */
	scale: number;
}

export interface Limit {
	/** Counts one. */
	hit(key: string): void;
	/** Seconds until `key` may try again, where the limit is used up. */
	retryAfter(key: string): number | undefined;
	/** Counts one and returns undefined, or, where the limit is used up, counts nothing and returns the seconds to wait. */
	take(key: string): number | undefined;
	/** Takes one back, for what turned out not to count. */
	giveBack(key: string): void;
	/** Begins anew for `key`. */
	forget(key: string): void;
}

interface Counter {
	count: number;
	/** Monotonic milliseconds. */
	endsAt: number;
}

/**
 * `most` in a window that begins with a key's first hit. Keys that were hit once and keys that were hit again live in
 * separate rooms, so that a flood of new keys pushes out only other new keys, each worth one hit.
 */
export function createLimit({ most, windowSeconds, clock, scale }: LimitOptions): Limit {
	const allowed = Math.max(1, Math.round(most * scale));
	const once = new BoundedMap<Counter>(ROOM_SIZE);
	const often = new BoundedMap<Counter>(ROOM_SIZE);
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
