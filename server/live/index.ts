import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";

import type { Storage } from "../storage/storage.ts";
import { createHub } from "./hub.ts";
import { liveRoutes } from "./live.routes.ts";

/** What changes, told as it happens to those who look at a workspace. */
export const live = fp(
	(app: FastifyInstance, { storage }: { storage: Storage }, done: () => void) => {
		const hub = createHub({
			storage,
			onError: (error) => app.log.warn({ err: error }, "could not look for changes; looking again"),
		});
		app.metrics.describe("live_streams", "Pages that listen for changes.");
		app.metrics.gauge("live_streams", () => hub.count());
		// Before the server waits for its connections: these would never end by themselves.
		app.addHook("preClose", (closed) => {
			hub.close();
			closed();
		});
		void app.register(liveRoutes, { hub, storage });
		done();
	},
	{ name: "live", dependencies: ["workspaces", "metrics"] },
);
