import fp from "fastify-plugin";

import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { addRoutes } from "../http/add-routes.ts";
import { createNetworkLimit } from "../http/network-limits.ts";
import type { Peers } from "../http/peers.ts";
import type { Storage } from "../storage/storage.ts";
import { invitationRoutes } from "./invitations.routes.ts";
import { peopleRoutes } from "./people.routes.ts";

export interface PeopleOptions {
	config: Config;
	storage: Storage;
	clock: Clock;
	peers: Peers;
}

const UNKNOWN_TOKENS_PER_ADDRESS = 100;
const WINDOW_SECONDS = 10 * 60;

/** A workspace's people, and invitations for more. */
export const people = fp<PeopleOptions>(
	async (app, { config, storage, clock, peers }) => {
		const unknownTokens = createNetworkLimit({
			name: "unknown invitations",
			peers,
			max: UNKNOWN_TOKENS_PER_ADDRESS,
			windowSeconds: WINDOW_SECONDS,
			clock,
			scale: config.rateLimitScale,
		});
		await addRoutes(app, peopleRoutes, { storage });
		await addRoutes(app, invitationRoutes, { storage, publicUrl: config.publicUrl, unknownTokens });
	},
	{ name: "people", dependencies: ["workspaces"] },
);
