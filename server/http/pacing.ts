import type { RouteOptions } from "fastify";
import fp from "fastify-plugin";

import { clientAddress } from "./address.ts";
import { createTurns } from "./turns.ts";

declare module "fastify" {
	interface FastifyInstance {
		/** Calls `done` when the request may begin. */
		pace(request: FastifyRequest, reply: FastifyReply, done: () => void): void;
	}
	interface FastifyContextConfig {
		/** Revokes, denies, signs in or out: no quota and no full line keeps anybody from it. */
		alwaysHasRoom?: boolean;
	}
}

/** Games, reverse proxies and backends. */
const UNPACED = /^\/(v1\/|oauth\/introspect$)/;

/**
 * Lets games go first: all other requests begin a few at a time, whatever they ask for. Register it after every plugin
 * with onRequest hooks that should run later.
 */
export const pacing = fp(
	async (app) => {
		const turns = createTurns();
		app.decorate("pace", (request, reply, done) => {
			const { alwaysHasRoom = false } = request.routeOptions.config;
			// Sessions take turns, forged ones too: those of one address share that address's turns.
			const lane = { address: clientAddress(request), lane: request.headers.cookie ?? "" };
			const leave = turns.enter(lane, alwaysHasRoom, () => {
				reply.raw.off("close", leave);
				done();
			});
			reply.raw.once("close", leave);
		});
		app.addHook("onRoute", (route: RouteOptions) => {
			if (UNPACED.test(route.url)) return;
			route.onRequest = [app.pace, ...[route.onRequest ?? []].flat()];
		});
	},
	{ name: "pacing" },
);
