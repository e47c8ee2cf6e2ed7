import { startBetterAuth } from "./better-auth.ts";
import type { Contest } from "./games.ts";
import { startHydra } from "./hydra.ts";

/** Another service that verifies keys, for the same load. */
export interface Peer {
	contests: readonly Contest[];
	/** What it does for a request, and what it promises about revoked keys. */
	about: string;
	stop(): Promise<void>;
}

export interface Peers {
	contests: readonly Contest[];
	/** About each, or why it is not there. */
	notes: readonly string[];
	stop(): Promise<void>;
}

const PEERS = { "Better Auth": startBetterAuth, "Ory Hydra": startHydra };

/** All that can be had on this machine. */
export async function startPeers(): Promise<Peers> {
	const peers: Peer[] = [];
	const notes: string[] = [];
	for (const [name, start] of Object.entries(PEERS)) {
		try {
			const peer = await start();
			peers.push(peer);
			notes.push(peer.about);
		} catch (error) {
			notes.push(`Without ${name}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
	return {
		contests: peers.flatMap(({ contests }) => contests),
		notes,
		async stop() {
			for (const peer of peers) await peer.stop();
		},
	};
}
