import type { Change, Peers, Tell } from "../../server/http/peers.ts";
import { noPeers } from "../../server/http/peers.ts";

/** Two processes that serve one port, each of which knows at once what the other tells. */
export function twoPeers(): [Peers, Peers] {
	const counts = [1, 2].map(() => new Map<string, Tell<[key: string, change: Change]>>());
	const peer = (own: number): Peers => ({
		...noPeers,
		worker: own + 1,
		shareCounts(name, apply) {
			counts[own]?.set(name, apply);
			return (key, change) => counts[1 - own]?.get(name)?.(key, change);
		},
	});
	return [peer(0), peer(1)];
}
