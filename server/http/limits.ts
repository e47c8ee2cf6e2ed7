import type { Clock } from "../clock.ts";
import { CountedMap } from "./counted-map.ts";
import type { Peers } from "./peers.ts";

/** Keys with one hit that are kept, and keys with more. A key costs about 150 bytes. */
const MAX_KEYS = 25_000;

export interface LimitOptions {
	/** Unique: other processes count under this name, too. */
	name: string;
	peers: Peers;
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

/** Allows `max` attempts in a window that begins with a key's first one. */
export function createLimit({ name, peers, max, windowSeconds, clock, scale }: LimitOptions): Limit {
	const allowed = Math.max(1, Math.round(max * scale));
	const counters = new CountedMap<Counter>(MAX_KEYS);
	if (scale === 0) {
		const nothing = () => undefined;
		return { hit: nothing, retryAfter: nothing, take: nothing, giveBack: nothing, forget: nothing };
	}

	function find(key: string, now: number): Counter | undefined {
		const counter = counters.get(key);
		if (counter === undefined || counter.endsAt > now) return counter;
		counters.delete(key);
		return undefined;
	}

	function add(key: string, added: number): void {
		const now = clock.monotonic();
		const found = find(key, now);
		if (added > 0) {
			const { count, endsAt } = found ?? { count: 0, endsAt: now + windowSeconds * 1000 };
			counters.set(key, { count: count + added, endsAt });
		} else if (found !== undefined) counters.set(key, { ...found, count: Math.max(0, found.count + added) });
	}

	const tell = peers.shareCounts(name, (key, { forgotten, added }) => {
		if (forgotten) counters.delete(key);
		add(key, added);
	});

	function change(key: string, added: number): void {
		add(key, added);
		tell(key, { forgotten: false, added });
	}

	const hit = (key: string): void => change(key, 1);
	const giveBack = (key: string): void => change(key, -1);

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

	function forget(key: string): void {
		counters.delete(key);
		tell(key, { forgotten: true, added: 0 });
	}

	return { hit, retryAfter, take, giveBack, forget };
}
