import type { FastifyInstance, FastifyRequest, RouteOptions } from "fastify";

import { isForwardedUntrusted } from "./forwarded.ts";

/** Where games call, often: their requests are not looked at. */
const GAMES = "/v1/";
/**
 * An address that belongs to nobody (RFC 5737), which no server may believe to be a client's: `npm run doctor` claims it. A
 * proxy adds to it or replaces it.
 */
export const FORGED_ADDRESS = "192.0.2.1";

export const UNTRUSTED_PROXY =
	"A reverse proxy forwards requests, but TRUSTED_PROXIES does not name its address, so all clients behind it count as one. Add it and restart the server.";

/**
 * Notices a reverse proxy that is not trusted, and says so in the log once. Applies to routes declared afterwards.
 * @returns whether there was one
 */
export function watchForUntrustedProxy(app: FastifyInstance): () => boolean {
	let isFound = false;
	const look = async (request: FastifyRequest) => {
		if (isFound || request.headers["x-forwarded-for"] === FORGED_ADDRESS || !isForwardedUntrusted(request)) return;
		isFound = true;
		request.log.warn({ proxy: request.socket.remoteAddress }, UNTRUSTED_PROXY);
	};
	app.addHook("onRoute", (route: RouteOptions) => {
		if (!route.url.startsWith(GAMES)) route.onRequest = [look, ...[route.onRequest ?? []].flat()];
	});
	return () => isFound;
}
