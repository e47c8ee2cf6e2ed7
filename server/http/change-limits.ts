import type { FastifyInstance, FastifyRequest, RouteOptions } from "fastify";

import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { createLimit } from "./limits.ts";
import { tooManyRequests } from "./problem.ts";

/** More than anybody does by hand; each is kept in a workspace's activity for long. */
const CHANGES_PER_MINUTE = 240;
const NEW_WORKSPACES = 20;
const NEW_WORKSPACES_WINDOW_SECONDS = 10 * 60;

/** Each stands open for minutes, and all of a workspace's end with it in one moment. */
const APPROVALS = 50;
const APPROVALS_WINDOW_SECONDS = 10 * 60;

const CHANGING = /^\/api\/(workspaces|pairings|account|invitations)(\/|$)/;
const SAFE = new Set(["GET", "HEAD"]);

/** Limits per account what changes accounts, workspaces, and all that is in them: for each such route declared from now on. */
export function limitChanges(app: FastifyInstance, { clock, config }: { clock: Clock; config: Config }): void {
	const scale = config.rateLimitScale;
	const changes = createLimit({ most: CHANGES_PER_MINUTE, windowSeconds: 60, clock, scale });
	const made = createLimit({ most: NEW_WORKSPACES, windowSeconds: NEW_WORKSPACES_WINDOW_SECONDS, clock, scale });
	const approvals = createLimit({ most: APPROVALS, windowSeconds: APPROVALS_WINDOW_SECONDS, clock, scale });

	/** Whoever is nobody here is refused by the route itself. */
	async function count(request: FastifyRequest): Promise<void> {
		const account = await app.accounts.of(request);
		if (account === null) return;
		const seconds = changes.take(account.id);
		if (seconds !== undefined) throw tooManyRequests(seconds, "You changed very much just now. Wait, then go on.");
		const { url } = request.routeOptions;
		const wait = url === "/api/workspaces" ? made.take(account.id) : undefined;
		if (wait !== undefined) throw tooManyRequests(wait, "You made many workspaces just now. Wait, then make another.");
		const pause = url === "/api/pairings/:userCode/approve" ? approvals.take(account.id) : undefined;
		if (pause !== undefined) throw tooManyRequests(pause, "You connected many places just now. Wait, then go on.");
	}

	app.addHook("onRoute", (route: RouteOptions) => {
		if (!CHANGING.test(route.url) || [route.method].flat().every((method) => SAFE.has(method))) return;
		route.preHandler = [count, ...[route.preHandler ?? []].flat()];
	});
}
