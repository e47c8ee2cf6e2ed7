import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";

import { openConnection } from "../storage/open-database.ts";
import type { Storage } from "../storage/storage.ts";
import { createHub } from "./hub.ts";
import { liveRoutes } from "./routes.ts";

/** Reads never wait for a writer in WAL; this is for the moments when the log is being reset. */
const BUSY_TIMEOUT_MS = 50;

/** What changes, told as it happens to whoever looks at a workspace. */
export const live = fp(
	(app: FastifyInstance, { storage }: { storage: Storage }, done: () => void) => {
		const connection = openConnection(storage.path, BUSY_TIMEOUT_MS, true);
		const hub = createHub({
			connection,
			now: () => storage.now(),
			onError: (error) => app.log.warn({ err: error }, "could not look for changes; looking again"),
		});
		app.metrics.describe("live_streams", "Pages that listen for changes.");
		app.metrics.gauge("live_streams", () => hub.count());
		// Before the server waits for its connections: these would never end by themselves.
		app.addHook("preClose", (closed) => {
			hub.close();
			closed();
		});
		app.addHook("onClose", () => void connection.close());
		void app.register(liveRoutes, { hub });
		done();
	},
	{ name: "live", dependencies: ["workspaces", "metrics"] },
);
