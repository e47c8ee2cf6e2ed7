import { METHODS } from "node:http";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { type ReplacedKey, ROUTES, type Whoami } from "../../../shared/wire.ts";
import { type Clock, isoTime } from "../../clock.ts";
import type { Limit } from "../../http/limits.ts";
import { isClosing, seriesOf } from "../usage/series.ts";
import type { UsageMeter } from "../usage/usage-meter.ts";
import type { KnownKey } from "./authenticate.store.ts";
import type { Authenticator } from "./authenticator.ts";
import { forwardAuthDescription, whoamiDescription } from "./games-descriptions.ts";
import { requireKey } from "./require-key.ts";
import type { WhoamiDetails } from "./whoami-details.store.ts";
import type { WhoamiCache } from "./whoami-details.ts";
import { ANY_WORKSPACE, type Workspaces } from "./workspaces.ts";

export interface GameRoutesOptions {
	clock: Clock;
	authenticator: Authenticator;
	usage: UsageMeter;
	details: WhoamiCache;
	/** For the plugin. */
	findReplaced: (key: KnownKey) => Promise<ReplacedKey | null | undefined>;
	failures: Limit;
}

/** The hot path, called by published games and reverse proxies. */
export function gameRoutes(app: FastifyInstance, options: GameRoutesOptions, done: () => void): void {
	const { clock, authenticator, usage, details, findReplaced, failures } = options;
	app.decorateRequest("apiKey", undefined);

	function recordUse({ raw: { headers } }: FastifyRequest, key: KnownKey): void {
		const now = clock.now();
		const series = seriesOf(headers);
		if (series !== "game") usage.recordFromStudio(key.id, now, series);
		else if (usage.record(key.id, now, headers)) details.record(key.id, now);
	}

	function recordGoodbye({ raw: { headers } }: FastifyRequest, key: KnownKey): void {
		if (seriesOf(headers) === "game") usage.recordGoodbye(key.id, clock.now(), headers);
	}

	function onRevoked(_request: FastifyRequest, key: KnownKey): void {
		usage.recordRefused(key.id, clock.now());
	}

	app.get(
		"/v1/whoami",
		{
			schema: whoamiDescription,
			onRequest: requireKey({ authenticator, failures, workspacesOf: anyWorkspace, forProxy: false, onRevoked }),
		},
		(request, reply) => {
			const key = accepted(request);
			const found = details.find(key.id);
			const isPlugin = seriesOf(request.raw.headers) === "plugin";
			// Behind a proxy it would be a way to use a key unseen.
			if (isClosing(request.raw.headers)) recordGoodbye(request, key);
			else recordUse(request, key);
			if (!isPlugin && !(found instanceof Promise)) answer(reply, key, found);
			else void answerLater(reply, key, found, isPlugin).catch((error: unknown) => reply.send(error));
		},
	);

	async function answerLater(
		reply: FastifyReply,
		key: KnownKey,
		found: WhoamiDetails | Promise<WhoamiDetails>,
		isPlugin: boolean,
	): Promise<void> {
		const known = await found;
		const replaces = isPlugin ? await findReplaced(key) : undefined;
		answer(reply, key, known, replaces === undefined ? {} : { replaces });
	}

	function answer(
		reply: FastifyReply,
		key: KnownKey,
		{ lastServerAt, rotation }: WhoamiDetails,
		forPlugin: Pick<Whoami, "replaces"> = {},
	): void {
		const whoami: Whoami = {
			workspace: { id: key.workspaceId, name: key.workspaceName },
			key: { id: key.id, label: key.label, lastServerAt: isoTime(lastServerAt) },
			rotation: rotation === null ? null : { state: rotation },
			...forPlugin,
		};
		void reply.header("Cache-Control", "no-store").send(whoami);
	}

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

function accepted(request: FastifyRequest): KnownKey {
	if (request.apiKey === undefined) throw new TypeError("requireKey has not run.");
	return request.apiKey;
}
