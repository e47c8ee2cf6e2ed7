import type { FastifyInstance, FastifyRequest, RouteOptions } from "fastify";

import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { tooManyRequests } from "../errors/problem-error.ts";
import { createLimit, type Limit } from "./limits.ts";

declare module "fastify" {
	interface FastifyContextConfig {
		/** Of a route that changes something: a limit of its own per account, besides that of all changes. */
		ownLimit?: { most: number; windowSeconds: number; detail: string };
	}
}

/** More than anybody does by hand; each is kept in a workspace's activity for long. */
const CHANGES_PER_MINUTE = 240;

const CHANGING = /^\/api\/(workspaces|pairings|account|invitations)(\/|$)/;
const SAFE = new Set(["GET", "HEAD"]);

/** Limits per account what changes accounts, workspaces, and all that is in them: for each such route declared from now on. */
export function limitChanges(app: FastifyInstance, { clock, config }: { clock: Clock; config: Config }): void {
	const scale = config.rateLimitScale;
	const changes = createLimit({ most: CHANGES_PER_MINUTE, windowSeconds: 60, clock, scale });

	/** Whoever is nobody here is refused by the route itself. */
	const counting = (limit: Limit, detail: string) => async (request: FastifyRequest) => {
		const account = await app.accounts.of(request);
		const seconds = account === null ? undefined : limit.take(account.id);
		if (seconds !== undefined) throw tooManyRequests(seconds, detail);
	};
	const countChange = counting(changes, "You changed very much just now. Wait, then go on.");

	app.addHook("onRoute", (route: RouteOptions) => {
		if (!CHANGING.test(route.url) || [route.method].flat().every((method) => SAFE.has(method))) return;
		const { ownLimit } = route.config ?? {};
		const counts = [countChange];
		if (ownLimit) counts.push(counting(createLimit({ ...ownLimit, clock, scale }), ownLimit.detail));
		route.preHandler = [...counts, ...[route.preHandler ?? []].flat()];
	});
}
