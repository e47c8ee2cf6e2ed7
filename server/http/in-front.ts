import type { IncomingMessage, ServerResponse } from "node:http";

import type { FastifyInstance } from "fastify";

import { fewAtATime } from "./few-at-a-time.ts";
import { UNPACED } from "./pacing.ts";

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/** Fastify's router, which gets games' requests at once and others a few at a time. */
export function routerOf(app: FastifyInstance): RequestListener {
	const route: RequestListener = (request, response) => app.routing(request, response);
	const paced = fewAtATime(route);
	return (request, response) => (UNPACED.test(request.url ?? "") ? route : paced)(request, response);
}

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
