import { METHODS } from "node:http";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { type ReplacedKey, ROUTES } from "../../../shared/wire.ts";
import type { Clock } from "../../clock.ts";
import type { Limit } from "../../http/limits.ts";
import { serverHeaders } from "../usage/game-server.ts";
import { isClosing, seriesOf } from "../usage/series.ts";
import { latest } from "../usage/times.ts";
import type { UsageMeter } from "../usage/usage-meter.ts";
import { whoamiOf } from "./answers.ts";
import type { KnownKey } from "./authenticate.store.ts";
import type { Authenticator } from "./authenticator.ts";
import { forwardAuthDescription, whoamiDescription } from "./games-descriptions.ts";
import type { CachedKey } from "./key-cache.ts";
import { requireKey } from "./require-key.ts";
import { ANY_WORKSPACE, type Workspaces } from "./workspaces.ts";

export interface GameRoutesOptions {
	clock: Clock;
	authenticator: Authenticator;
	usage: UsageMeter;
	/** The age in milliseconds of what whoami answers besides the verdict. */
	maxAgeMs: number;
	/** For the plugin, which waits for the first use by a game server: of those of all processes. */
	lastServerAt: (keyId: string) => Promise<number | null>;
	/** For the plugin. */
	findReplaced: (key: KnownKey) => Promise<ReplacedKey | null | undefined>;
	failures: Limit;
}

/** The hot path, called by published games and reverse proxies. */
export function gameRoutes(app: FastifyInstance, options: GameRoutesOptions, done: () => void): void {
	const { clock, authenticator, usage, maxAgeMs, lastServerAt, findReplaced, failures } = options;
	app.decorateRequest("apiKey", undefined);

	function recordUse({ raw: { headers } }: FastifyRequest, key: CachedKey): void {
		const now = clock.now();
		const series = seriesOf(headers);
		if (series !== "game") usage.recordFromStudio(key.id, now, series);
		else if (usage.record(key.id, now, serverHeaders(headers))) key.lastServerAt = now;
	}

	function recordGoodbye({ raw: { headers } }: FastifyRequest, key: KnownKey): void {
		if (seriesOf(headers) === "game") usage.recordGoodbye(key.id, clock.now(), serverHeaders(headers));
	}

	function onRevoked(_request: FastifyRequest, key: KnownKey): void {
		usage.recordRefused(key.id, clock.now());
	}

	app.get(
		"/v1/whoami",
		{
			schema: whoamiDescription,
			onRequest: requireKey({
				authenticator,
				failures,
				workspacesOf: anyWorkspace,
				forProxy: false,
				onRevoked,
				maxAgeMs,
			}),
		},
		async (request, reply) => {
			const key = accepted(request);
			const isPlugin = seriesOf(request.raw.headers) === "plugin";
			if (isPlugin) key.lastServerAt = latest(key.lastServerAt, await lastServerAt(key.id));
			// As it was before this request.
			const whoami = whoamiOf(key);
			// Behind a proxy it would be a way to use a key unseen.
			if (isClosing(request.raw.headers)) recordGoodbye(request, key);
			else recordUse(request, key);
			void reply.header("Cache-Control", "no-store");
			const replaces = isPlugin ? await findReplaced(key) : undefined;
			return { ...whoami, ...(replaces !== undefined && { replaces }) };
		},
	);

	for (const method of METHODS) {
		if (!app.supportedMethods.includes(method) && method !== "CONNECT") app.addHttpMethod(method, { hasBody: true });
	}
	const authenticate = requireKey({
		authenticator,
		failures,
		workspacesOf: namedWorkspaces,
		forProxy: true,
		onRevoked,
	});
	const letPass = (request: FastifyRequest, reply: FastifyReply): void => {
		const key = accepted(request);
		recordUse(request, key);
		void reply
			.header("X-Auxvyn-Workspace-Id", key.workspaceId)
			.header("X-Auxvyn-Key-Id", key.id)
			.header("Cache-Control", "no-store")
			.send();
	};
	// Answers before Fastify looks at the body, which proxies should not forward: it refuses types that it does not know.
	const forwardAuth = { url: ROUTES.forwardAuth, onRequest: [authenticate, letPass], handler: letPass };
	app.route({ ...forwardAuth, method: "GET", schema: forwardAuthDescription });
	const otherMethods = app.supportedMethods.filter((method) => method !== "GET" && method !== "HEAD");
	app.route({ ...forwardAuth, method: otherMethods, schema: { hide: true } });

	done();
}

const anyWorkspace = (): Workspaces => ANY_WORKSPACE;

/** `?workspace=`, once or repeated. */
function namedWorkspaces(request: FastifyRequest): Workspaces {
	return (request.query as { workspace?: string | string[] }).workspace;
}

function accepted(request: FastifyRequest): CachedKey {
	if (request.apiKey === undefined) throw new TypeError("requireKey has not run.");
	return request.apiKey;
}
