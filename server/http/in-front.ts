import type { IncomingMessage, ServerResponse } from "node:http";

import type { FastifyInstance } from "fastify";

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Has `serve` take all requests in place of Fastify's router, which it calls for what it does not serve itself. Once the
 * server closes, the router takes them all, and closes their connections. Those that `serve` has are answered first.
 */
export function putInFront(app: FastifyInstance, serve: RequestListener, answered: () => Promise<void>): void {
	const hand = (listener: RequestListener): void => {
		app.server.removeAllListeners("request").on("request", listener);
	};
	hand(serve);
	app.addHook("preClose", async () => {
		hand(app.routing);
		await answered();
	});
}
