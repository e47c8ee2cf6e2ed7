import { hostname } from "node:os";

import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";

import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Metrics } from "../http/metrics.ts";
import { createNetworkLimit } from "../http/network-limits.ts";
import type { Storage } from "../storage/storage.ts";
import { createAuthenticator, type Outcomes, type Seal } from "./authenticate/authenticator.ts";
import { gameRoutes } from "./authenticate/games.routes.ts";
import { introspectionRoutes } from "./authenticate/introspection.routes.ts";
import { createKeyCache } from "./authenticate/key-cache.ts";
import { createKeyProof, type KeyProof } from "./authenticate/key-proof.ts";
import { createWhoamiCache } from "./authenticate/whoami-details.ts";
import { keyPageRoutes } from "./manage/key-page.routes.ts";
import { keyRoutes } from "./manage/keys.routes.ts";
import { revocationRoutes } from "./manage/revocation.routes.ts";
import { retireRoutes } from "./retire/retire.routes.ts";
import { createReplacedKeys } from "./rotate/replaced-keys.ts";
import { createCommitMarks } from "./usage/commit-marks.ts";
import { createUsageMeter, type UsageMeter } from "./usage/usage-meter.ts";

declare module "fastify" {
	interface FastifyInstance {
		usage: UsageMeter;
		keyProof: KeyProof;
	}
}

export interface KeysOptions {
	config: Config;
	storage: Storage;
	clock: Clock;
	seal: Seal;
}

/** Per address. */
const MAX_REFUSALS_PER_MINUTE = 600;

/** API keys: authenticating games, managing and rotating keys, counting requests. */
export const keys = fp(
	(app: FastifyInstance, { config, storage, clock, seal }: KeysOptions, done: () => void) => {
		const authenticator = createAuthenticator({
			freshness: storage.freshness,
			cache: createKeyCache(storage),
			seal,
			outcomes: outcomeCounters(app.metrics),
		});
		const details = createWhoamiCache(storage, clock);
		const marks = createCommitMarks({ storage, clock });
		const usage = createUsageMeter({
			storage,
			marks,
			onError: (error) => app.log.error(error, "usage could not be written; will retry"),
		});
		const failures = createNetworkLimit({
			max: MAX_REFUSALS_PER_MINUTE,
			windowSeconds: 60,
			clock,
			scale: config.rateLimitScale,
		});

		app.decorate("usage", usage);
		app.decorate("keyProof", createKeyProof({ storage, clock, usage, failures }));
		app.addHook("onListen", async () => {
			const address = app.server.address();
			if (address === null || typeof address === "string") return;
			marks.listensOn(`${hostname()}:${address.port}`);
			// Not awaited: a busy database must not keep the server from starting.
			void usage.flush();
		});
		app.addHook("onClose", () => usage.close());
		void app.register(keyRoutes, { storage });
		void app.register(keyPageRoutes, { storage });
		void app.register(gameRoutes, {
			clock,
			authenticator,
			usage,
			details,
			findReplaced: createReplacedKeys(storage, clock),
			failures,
		});
		void app.register(introspectionRoutes, { config, clock, authenticator, usage, failures });
		void app.register(retireRoutes, { storage });
		void app.register(revocationRoutes, { storage, failures });
		done();
	},
	{ name: "keys", dependencies: ["workspaces", "backends", "metrics"] },
);

function outcomeCounters(metrics: Metrics): Outcomes {
	const name = "authentications_total";
	metrics.describe(name, "Requests that require a key, by outcome.");
	const counter = (outcome: string) => metrics.counter(name, { outcome });
	return {
		accepted: counter("accepted"),
		refused: {
			missing_key: counter("missing_key"),
			malformed_key: counter("malformed_key"),
			unknown_key: counter("unknown_key"),
			revoked_key: counter("revoked_key"),
			wrong_workspace: counter("wrong_workspace"),
			workspace_required: counter("workspace_required"),
		},
	};
}
