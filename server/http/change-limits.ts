import type { FastifyInstance, FastifyRequest, RouteOptions } from "fastify";

import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { tooManyRequests } from "../errors/problem-error.ts";
import { createLimit, type Limit } from "./limits.ts";

declare module "fastify" {
	interface FastifyContextConfig {
		/** A route's own limit per account, besides the limit on all changes. */
		ownLimit?: { most: number; windowSeconds: number; detail: string };
	}
}

/** More than a person does by hand; each is kept in a workspace's activity for over a year. */
const CHANGES_PER_MINUTE = 240;

const CHANGING = /^\/api\/(workspaces|pairings|account|invitations)(\/|$)/;
const SAFE = new Set(["GET", "HEAD"]);

export interface ChangeLimitOptions {
	clock: Clock;
	config: Config;
	/** The id of the account that is signed in, if any. */
	accountIdOf: (request: FastifyRequest) => Promise<string | undefined>;
}

/** Limits per account what changes accounts, workspaces and their contents, on each such route declared from now on. */
export function limitChanges(app: FastifyInstance, { clock, config, accountIdOf }: ChangeLimitOptions): void {
	const scale = config.rateLimitScale;
	const changes = createLimit({ most: CHANGES_PER_MINUTE, windowSeconds: 60, clock, scale });

	// Requests without a session are refused by the route itself.
	const counting = (limit: Limit, detail: string) => async (request: FastifyRequest) => {
		const accountId = await accountIdOf(request);
		const seconds = accountId === undefined ? undefined : limit.take(accountId);
		if (seconds !== undefined) throw tooManyRequests(seconds, detail);
	};
	const countChange = counting(changes, "Too many changes in a minute. Wait, then try again.");

	app.addHook("onRoute", (route: RouteOptions) => {
		if (!CHANGING.test(route.url) || [route.method].flat().every((method) => SAFE.has(method))) return;
		const { ownLimit } = route.config ?? {};
		const counts = [countChange];
		if (ownLimit) counts.push(counting(createLimit({ ...ownLimit, clock, scale }), ownLimit.detail));
		route.preHandler = [...counts, ...[route.preHandler ?? []].flat()];
	});
}
