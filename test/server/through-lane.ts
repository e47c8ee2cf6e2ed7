import type { FastifyInstance } from "fastify";
import injectInto, { type InjectOptions, type Response } from "light-my-request";
import { inject } from "vitest";

declare module "vitest" {
	export interface ProvidedContext {
		/** Whether games' requests go to the router's routes, and not to the lane before it. */
		router: boolean;
	}
}

type Send = (request: InjectOptions | string) => Promise<Response>;

/** The way of requests from outside, and past the lane. */
export function bothWays(app: FastifyInstance): { lane: Send; router: Send } {
	return {
		lane: (request) => injectInto((...given) => void app.server.emit("request", ...given), request),
		router: (request) => injectInto((...given) => app.routing(...given), request),
	};
}

/** Has the requests of tests take the way that those from outside take. Fastify's `inject` calls its router. */
export function sendThroughLane(app: FastifyInstance): void {
	if (!inject("router")) app.inject = bothWays(app).lane as typeof app.inject;
}
