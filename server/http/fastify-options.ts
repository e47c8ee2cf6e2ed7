import type { FastifyServerOptions } from "fastify";

import type { Config } from "../config.ts";
import { ClosingResponse } from "./closing-response.ts";
import { sendError } from "./error-handler.ts";
import { loggerOptions, type LogOptions, QuietLog, requestLogger } from "./logging.ts";
import { rejectUnreadable } from "./unreadable-requests.ts";

const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Without a byte in either direction while a request is served: a client that does not take its response. */
const STALLED_MS = 60_000;
const TIMEOUT_CHECK_INTERVAL_MS = 2_000;
const BODY_LIMIT_BYTES = 16 * 1024;
/**
 * More than nginx, HAProxy and Envoy pass on. A longer request gets 431 even as forward-auth, because what is read last
 * does not say which route it is for; Caddy and Traefik, which could pass it on, return that to their client.
 */
const MAX_HEADER_BYTES = 128 * 1024;

/** Options that only `Fastify()` itself takes. */
export function fastifyOptions(config: Config, log: LogOptions) {
	return {
		logger: loggerOptions(config, log),
		logController: new QuietLog(),
		childLoggerFactory: requestLogger,
		trustProxy: config.trustedProxies.length > 0 && config.trustedProxies,
		bodyLimit: BODY_LIMIT_BYTES,
		connectionTimeout: STALLED_MS,
		requestTimeout: REQUEST_TIMEOUT_MS,
		http: {
			headersTimeout: HEADERS_TIMEOUT_MS,
			connectionsCheckingInterval: TIMEOUT_CHECK_INTERVAL_MS,
			maxHeaderSize: MAX_HEADER_BYTES,
			ServerResponse: ClosingResponse,
		},
		// While closing, requests on open connections are still served; idle connections are closed.
		forceCloseConnections: "idle",
		return503OnClosing: false,
		frameworkErrors: (error, request, reply) => void sendError(error, request, reply),
		clientErrorHandler: rejectUnreadable,
	} satisfies FastifyServerOptions & { http: object };
}
