import type { FastifyInstance } from "fastify";

import manifest from "../../package.json" with { type: "json" };
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Storage } from "../storage/storage.ts";
import { shareCompiledSchemas } from "./compiled-schemas.ts";
import { emptyBodies } from "./empty-bodies.ts";
import { errors } from "./error-handler.ts";
import { expectations } from "./expectations.ts";
import { type Backups, type Disk, health } from "./health.ts";
import { metrics } from "./metrics.ts";
import { openapi } from "./openapi/index.ts";
import { origin } from "./origin.ts";
import { pacing } from "./pacing.ts";
import type { Peers } from "./peers.ts";
import { security } from "./security.ts";
import { watchForUntrustedProxy } from "./untrusted-proxy.ts";

export interface HttpOptions {
	config: Config;
	clock: Clock;
	storage: Storage;
	disk: Disk;
	backups: Backups;
	peers: Peers;
	/** Lines of the log that this process could not write. Default: none. */
	droppedLines?: (() => number) | undefined;
}

/** What every route is built on. Register it before them: its hooks apply to routes declared afterwards. */
export async function http(app: FastifyInstance, options: HttpOptions): Promise<void> {
	const { config, clock, storage, disk, backups, peers, droppedLines = () => 0 } = options;
	// Query values are converted to the types in their schema; bodies must already have them.
	shareCompiledSchemas(app);
	app.removeContentTypeParser("text/plain");
	await app.register(emptyBodies);
	await app.register(security, { config });
	await app.register(errors, { clock, peers });
	const hasUntrustedProxy = watchForUntrustedProxy(app);
	await app.register(expectations);
	await app.register(origin, { publicUrl: config.publicUrl });
	await app.register(pacing);
	await app.register(metrics, { droppedLines });
	await app.register(openapi, { publicUrl: config.publicUrl, version: manifest.version });
	await app.register(health, { config, clock, storage, disk, backups, peers, hasUntrustedProxy });
}
