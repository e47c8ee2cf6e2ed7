import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";

import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { addRoutes } from "../http/add-routes.ts";
import { clientAddresses } from "../http/address.ts";
import { putInFront } from "../http/in-front.ts";
import type { Metrics } from "../http/metrics.ts";
import { createNetworkLimit } from "../http/network-limits.ts";
import type { Peers } from "../http/peers.ts";
import type { Storage } from "../storage/storage.ts";
import { createAuthenticator, type Outcomes, type Seal } from "./authenticate/authenticator.ts";
import { gameRoutes } from "./authenticate/games.routes.ts";
import { introspectionRoutes } from "./authenticate/introspection.routes.ts";
import { createKeyCache } from "./authenticate/key-cache.ts";
import { createKeyProof, type KeyProof } from "./authenticate/key-proof.ts";
import { createLane } from "./authenticate/lane.ts";
import { keyPageRoutes } from "./manage/key-page.routes.ts";
import { keyRoutes } from "./manage/keys.routes.ts";
import { revocationRoutes } from "./manage/revocation.routes.ts";
import { retireRoutes } from "./retire/retire.routes.ts";
import { createReplacedKeys } from "./rotate/replaced-keys.ts";
import { addressesOf } from "./usage/addresses.ts";
import { createCommitMarks } from "./usage/commit-marks.ts";
import { createCountLoggedKey } from "./usage/count-logged-key.ts";
import { findLastServerAt } from "./usage/key-uses.store.ts";
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
	peers: Peers;
	seal: Seal;
	maxCountedAtOnce: number | undefined;
}

/** Other processes' writes, such as those of the last use, show up so much later. */
const WHOAMI_MAX_AGE_MS = 5_000;
/** Per address. */
const MAX_REFUSALS_PER_MINUTE = 600;

/** API keys: authenticating games, managing and rotating keys, counting requests. */
export const keys = fp(
	async (app: FastifyInstance, { config, storage, clock, peers, seal, maxCountedAtOnce }: KeysOptions) => {
		const { freshness } = storage;
		const cache = createKeyCache({ storage, clock, maxBytes: config.keyCacheBytes });
		const outcomes = outcomeCounters(app.metrics);
		const authenticator = createAuthenticator({ freshness, cache, seal, outcomes });
		app.metrics.describe("key_cache_bytes", "About how much memory the cached keys take.");
		app.metrics.gauge("key_cache_bytes", () => cache.bytes, "sum");
		const marks = createCommitMarks({ storage, clock });
		const usage = createUsageMeter({
			storage,
			marks,
			onError: (error) => app.log.error(error, "usage could not be written; will retry"),
			maxCountedAtOnce,
		});
		const countLogged = createCountLoggedKey({
			storage,
			onError: (error) => app.log.error(error, "logged usage could not be counted; will retry"),
		});
		const failures = createNetworkLimit({
			max: MAX_REFUSALS_PER_MINUTE,
			windowSeconds: 60,
			name: "refused keys",
			peers,
			clock,
			scale: config.rateLimitScale,
		});

		app.decorate("usage", usage);
		app.decorate("keyProof", createKeyProof({ storage, clock, usage, failures }));
		app.addHook("onListen", async () => {
			const address = app.server.address();
			if (address === null || typeof address === "string") return;
			marks.listensOn(addressesOf({ port: address.port, worker: peers.worker, workers: config.workers }));
			// Not awaited: a busy database must not keep the server from starting.
			void usage.flush();
		});
		app.addHook("onClose", () => usage.close());
		await addRoutes(app, keyRoutes, { storage });
		await addRoutes(app, keyPageRoutes, { storage, countLogged });
		await app.register(gameRoutes, {
			clock,
			authenticator,
			usage,
			maxAgeMs: WHOAMI_MAX_AGE_MS,
			lastServerAt: async (keyId) => {
				await countLogged(keyId);
				return storage.read(findLastServerAt, { keyId });
			},
			findReplaced: createReplacedKeys(storage, clock),
			failures,
		});
		const lane = createLane({
			clock,
			freshness,
			cache,
			usage,
			failures,
			outcomes,
			incidents: app.incidents,
			addressOf: clientAddresses(config.trustedProxies),
			route: (request, response) => app.routing(request, response),
			onError: (error) => app.log.error(error, "a game's request failed"),
			maxAgeMs: WHOAMI_MAX_AGE_MS,
		});
		// All that wait for a check before this one have been answered then.
		putInFront(app, lane, () => freshness.check().catch(() => undefined));
		await app.register(introspectionRoutes, { config, clock, authenticator, usage, failures });
		await addRoutes(app, retireRoutes, { storage });
		await app.register(revocationRoutes, { storage, failures });
	},
	{ name: "keys", dependencies: ["workspaces", "backends", "metrics", "errors"] },
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
