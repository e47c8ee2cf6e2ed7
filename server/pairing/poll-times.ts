import type { Clock } from "../clock.ts";
import { BoundedMap } from "../http/bounded-map.ts";
import type { Peers } from "../http/peers.ts";

/** Tolerates network jitter. */
const MIN_INTERVAL_SHARE = 0.75;
const MAX_REMEMBERED = 50_000;

export interface PollTimesOptions {
	clock: Clock;
	peers: Peers;
	intervalSeconds: number;
}

/** Detects polls that come too soon (RFC 8628 §3.5 `slow_down`). In memory, so a restart resets it. */
export function createPollTimes({ clock, peers, intervalSeconds }: PollTimesOptions) {
	const minMs = intervalSeconds * 1000 * MIN_INTERVAL_SHARE;
	const last = new BoundedMap<number>(MAX_REMEMBERED);
	const tell = peers.shareCounts("polls", (pairingId) => last.set(pairingId, clock.monotonic()));

	return {
		/** Records a poll. True if it came less than three quarters of the interval after the last one. */
		isTooSoon(pairingId: string): boolean {
			const now = clock.monotonic();
			const previous = last.get(pairingId);
			last.set(pairingId, now);
			tell(pairingId, { forgotten: false, added: 1 });
			return previous !== undefined && now - previous < minMs;
		},
	};
}

export type PollTimes = ReturnType<typeof createPollTimes>;
