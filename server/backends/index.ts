import fp from "fastify-plugin";

import type { Clock } from "../clock.ts";
import { addRoutes } from "../http/add-routes.ts";
import type { Storage } from "../storage/storage.ts";
import { backendRoutes } from "./backends.routes.ts";
import { findBackendCredentials } from "./backends.store.ts";
import { isBackendId, isBackendSecret } from "./credentials.ts";
import { createLastUses } from "./last-uses.ts";

declare module "fastify" {
	interface FastifyInstance {
		backends: {
			/**
			 * The workspace whose backend has these credentials; undefined if none has. Looks them up in the database each
			 * time, so that a deleted backend is refused at once.
			 */
			authenticate(clientId: string, secret: string): Promise<string | undefined>;
			/** Writes when backends were last used, without waiting for the minute to end. */
			flush(): Promise<void>;
		};
	}
}

/** The credentials with which a workspace's backends introspect its keys. */
export const backends = fp<{ storage: Storage; clock: Clock }>(
	async (app, { storage, clock }) => {
		const lastUses = createLastUses(storage, clock, (error) =>
			app.log.error(error, "the last use of backends could not be written; will retry"),
		);
		app.decorate("backends", {
			async authenticate(clientId, secret) {
				if (!isBackendId(clientId)) return undefined;
				const known = await storage.read(findBackendCredentials, { id: clientId });
				if (known === undefined || !isBackendSecret(secret, known.secretHash)) return undefined;
				lastUses.record(clientId);
				return known.workspaceId;
			},
			flush: () => lastUses.flush(),
		});
		app.addHook("onClose", () => lastUses.close());
		await addRoutes(app, backendRoutes, { storage });
	},
	{ name: "backends", dependencies: ["workspaces"] },
);
