import type { Clock } from "../clock.ts";
import { BoundedMap } from "../http/bounded-map.ts";

const TOLERATED_SHARE = 0.75;
const MOST_REMEMBERED = 50_000;

/** Tells polls that come too soon (RFC 8628 §3.5 slow_down). In memory: a restart forgives. */
export function createPollTimes(clock: Clock, intervalSeconds: number) {
	const leastMs = intervalSeconds * 1000 * TOLERATED_SHARE;
	const last = new BoundedMap<number>(MOST_REMEMBERED);

	return {
		/** Notes a poll, and whether it came in less than three quarters of the interval after the last. */
		isTooSoon(pairingId: string): boolean {
			const now = clock.monotonic();
			const previous = last.get(pairingId);
			last.set(pairingId, now);
			return previous !== undefined && now - previous < leastMs;
		},
	};
}

export type PollTimes = ReturnType<typeof createPollTimes>;
