import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";

import { POLL_INTERVAL_SECONDS } from "../../shared/limits.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { addRoutes } from "../http/add-routes.ts";
import { createNetworkLimit } from "../http/network-limits.ts";
import type { Peers } from "../http/peers.ts";
import type { Storage } from "../storage/storage.ts";
import { approvalRoutes } from "./approval.routes.ts";
import { deviceFlowRoutes } from "./device-flow.routes.ts";
import { createPollTimes } from "./poll-times.ts";

export interface PairingOptions {
	config: Config;
	storage: Storage;
	clock: Clock;
	peers: Peers;
}

/** Per address. */
const MAX_STARTS_PER_MINUTE = 60;

/** Pairing a place with a workspace: the device flow and its approval. */
export const pairing = fp(
	async (app: FastifyInstance, { config, storage, clock, peers }: PairingOptions) => {
		const starts = createNetworkLimit({
			name: "new pairings",
			peers,
			max: MAX_STARTS_PER_MINUTE,
			windowSeconds: 60,
			clock,
			scale: config.rateLimitScale,
		});
		await app.register(deviceFlowRoutes, {
			config,
			storage,
			starts,
			pollTimes: createPollTimes({ clock, peers, intervalSeconds: POLL_INTERVAL_SECONDS }),
		});
		await addRoutes(app, approvalRoutes, { config, storage });
	},
	{ name: "pairing", dependencies: ["accounts", "keys"] },
);
