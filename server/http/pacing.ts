import type { FastifyReply, RouteOptions } from "fastify";
import fp from "fastify-plugin";

import { clientAddress } from "./address.ts";
import type { Lane } from "./lanes.ts";
import { createPlaces } from "./places.ts";
import { createTurns } from "./turns.ts";

declare module "fastify" {
	interface FastifyInstance {
		/** Calls `done` when the request may begin. */
		pace(request: FastifyRequest, reply: FastifyReply, done: () => void): void;
	}
	interface FastifyContextConfig {
		/** Revokes, denies, signs in or out: no quota and no full line keeps anyone from it. */
		alwaysHasRoom?: boolean;
		/** The response is so long that sending many at once would hold up games. */
		isLong?: boolean;
	}
}

/** Long responses that are sent at once to one address. */
const LONG_AT_ONCE = 8;
/** A slow reader keeps nobody waiting after this: what it takes at a time costs little. */
const LONG_MS = 5_000;

/** Games, reverse proxies and backends. */
const UNPACED = /^\/(v1\/|oauth\/introspect$)/;

/**
 * Lets games go first: all other requests begin a few at a time, whatever they ask for. Register it after every plugin
 * with onRequest hooks that should run later.
 */
export const pacing = fp(
	async (app) => {
		const turns = createTurns();
		const long = createPlaces(LONG_AT_ONCE);

		app.decorate("pace", (request, reply, done) => {
			const { alwaysHasRoom = false, isLong = false } = request.routeOptions.config;
			// Sessions take turns, forged ones too: those of one address share that address's turns.
			const lane = { address: clientAddress(request), lane: request.headers.cookie ?? "" };
			const leave = turns.enter(lane, alwaysHasRoom, () => {
				reply.raw.off("close", leave);
				if (isLong) sendInTurn(lane, reply, done);
				else done();
			});
			reply.raw.once("close", leave);
		});

		function sendInTurn({ address, lane }: Lane, { raw }: FastifyReply, done: () => void): void {
			let timer: NodeJS.Timeout | undefined;
			const leave = long.enter(address, lane, () => {
				timer = setTimeout(() => leave(), LONG_MS).unref();
				done();
			});
			raw.once("close", () => {
				clearTimeout(timer);
				leave();
			});
		}

		app.addHook("onRoute", (route: RouteOptions) => {
			if (UNPACED.test(route.url)) return;
			route.onRequest = [app.pace, ...[route.onRequest ?? []].flat()];
		});
	},
	{ name: "pacing" },
);
