import type { FastifyInstance, FastifyRequest, RouteOptions } from "fastify";

import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { tooManyRequests } from "../errors/problem-error.ts";
import { createLimit, type Limit } from "./limits.ts";
import type { Peers } from "./peers.ts";

declare module "fastify" {
	interface FastifyContextConfig {
		/** The route's own limit per account, besides the limit on all changes. */
		routeLimit?: { max: number; windowSeconds: number; detail: string };
	}
}

/** More than a person does by hand. Each change is kept in the workspace's activity for over a year. */
const CHANGES_PER_MINUTE = 240;

const CHANGING = /^\/api\/(workspaces|pairings|account|invitations)(\/|$)/;
const SAFE_METHODS = new Set(["GET", "HEAD"]);

export interface ChangeLimitOptions {
	clock: Clock;
	config: Config;
	peers: Peers;
	/** The id of the signed-in account, if any. */
	accountIdOf: (request: FastifyRequest) => Promise<string | undefined>;
}

/** Limits, per account, changes to accounts, workspaces and their contents, except what always has room. Applies to routes declared afterwards. */
export function limitChanges(app: FastifyInstance, { clock, config, peers, accountIdOf }: ChangeLimitOptions): void {
	const common = { clock, peers, scale: config.rateLimitScale };
	const changes = createLimit({ name: "changes", max: CHANGES_PER_MINUTE, windowSeconds: 60, ...common });

	// The route itself refuses requests without a session.
	const counting = (limit: Limit, detail: string) => async (request: FastifyRequest) => {
		const accountId = await accountIdOf(request);
		const seconds = accountId === undefined ? undefined : limit.take(accountId);
		if (seconds !== undefined) throw tooManyRequests(seconds, detail);
	};
	const countChange = counting(changes, "Too many changes in a minute. Wait, then try again.");

	app.addHook("onRoute", (route: RouteOptions) => {
		if (!CHANGING.test(route.url) || [route.method].flat().every((method) => SAFE_METHODS.has(method))) return;
		const { routeLimit, alwaysHasRoom = false } = route.config ?? {};
		if (alwaysHasRoom) return;
		const counts = [countChange];
		if (routeLimit) {
			const { max, windowSeconds, detail } = routeLimit;
			const name = `${String(route.method)} ${route.url}`;
			counts.push(counting(createLimit({ name, max, windowSeconds, ...common }), detail));
		}
		route.preHandler = [...counts, ...[route.preHandler ?? []].flat()];
	});
}
