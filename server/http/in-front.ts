import type { IncomingMessage, ServerResponse } from "node:http";

import type { FastifyInstance } from "fastify";

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Has `serve` take all requests in place of Fastify's router, which it calls for what it does not serve itself. The router
 * takes them once the server closes, as it closes their connections.
 */
export function putInFront(app: FastifyInstance, serve: RequestListener): void {
	app.server.removeAllListeners("request").on("request", serve);
	app.addHook("preClose", async () => void app.server.removeAllListeners("request").on("request", app.routing));
}
