import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";

import { addRoutes } from "../http/add-routes.ts";
import type { Storage } from "../storage/storage.ts";
import { createHub } from "./hub.ts";
import { liveRoutes } from "./live.routes.ts";

/** Live updates for pages that show a workspace. */
export const live = fp(
	async (app: FastifyInstance, { storage }: { storage: Storage }) => {
		const hub = createHub({
			storage,
			onError: (error) => app.log.warn({ err: error }, "changes could not be polled; trying again until it works"),
		});
		app.metrics.describe("live_streams", "Open event streams.");
		app.metrics.gauge("live_streams", () => hub.count(), "sum");
		// Before the server waits for open connections: streams do not end by themselves.
		app.addHook("preClose", (closed) => {
			hub.close();
			closed();
		});
		await addRoutes(app, liveRoutes, { hub, storage });
	},
	{ name: "live", dependencies: ["workspaces", "metrics"] },
);
