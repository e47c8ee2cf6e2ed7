import { type IncomingHttpHeaders, METHODS } from "node:http";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Whoami } from "../../../shared/wire.ts";
import { type Clock, isoTime } from "../../clock.ts";
import type { Limit } from "../../http/limits.ts";
import type { LastServers } from "../usage/last-servers.ts";
import type { UsageMeter } from "../usage/usage-meter.ts";
import type { KnownKey } from "./authenticate.store.ts";
import type { Authenticator } from "./authenticator.ts";
import { requireKey } from "./require-key.ts";
import { WhoamiSchema } from "./whoami.schema.ts";

export interface GameRoutesOptions {
	clock: Clock;
	authenticator: Authenticator;
	usage: UsageMeter;
	lastServers: LastServers;
	failures: Limit;
}

const KEY_HEADERS =
	"Send the key as Authorization: Bearer auxvyn_… or x-api-key. 401 codes: missing_key, malformed_key, unknown_key, revoked_key.";

/** A Roblox JobId is a UUID. Anything else in the header is ignored. */
const JOB_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The hot path, called by published games and reverse proxies. */
export function gameRoutes(app: FastifyInstance, options: GameRoutesOptions, done: () => void): void {
	const { clock, authenticator, usage, lastServers, failures } = options;
	app.decorateRequest("apiKey", undefined);

	function recordUse({ raw: { headers } }: FastifyRequest, key: KnownKey): void {
		if (!isGameUse(headers)) return;
		const server = headers["x-auxvyn-server"];
		const isServer = typeof server === "string" && JOB_ID.test(server);
		const now = clock.now();
		usage.record(key.id, now, isServer);
		if (isServer) lastServers.record(key.id, now);
	}

	function onRevoked({ raw: { headers } }: FastifyRequest, key: KnownKey): void {
		if (isGameUse(headers)) usage.recordRefused(key.id, clock.now());
	}

	app.get(
		"/v1/whoami",
		{
			schema: {
				summary: "Get a key's workspace and label",
				description: KEY_HEADERS,
				tags: ["games"],
				response: { 200: WhoamiSchema },
			},
			onRequest: requireKey({ authenticator, failures, only401: false, onRevoked }),
		},
		(request, reply) => {
			const key = accepted(request);
			const lastServerAt = lastServers.find(key.id);
			recordUse(request, key);
			if (!(lastServerAt instanceof Promise)) answer(reply, key, lastServerAt);
			else void lastServerAt.then((at) => answer(reply, key, at)).catch((error: unknown) => reply.send(error));
		},
	);

	function answer(reply: FastifyReply, key: KnownKey, lastServerAt: number | null): void {
		const whoami: Whoami = {
			workspace: { id: key.workspaceId, name: key.workspaceName },
			key: { id: key.id, label: key.label, lastServerAt: isoTime(lastServerAt) },
		};
		void reply.header("Cache-Control", "no-store").send(whoami);
	}

	// Proxies should not forward the body. If they do, it is ignored, whatever its type.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser("*", (_request, payload, parsed) => {
		payload.resume();
		parsed(null);
	});
	for (const method of METHODS) {
		if (!app.supportedMethods.includes(method) && method !== "CONNECT") app.addHttpMethod(method, { hasBody: true });
	}
	const forwardAuth = {
		url: "/v1/forward-auth",
		onRequest: requireKey({ authenticator, failures, only401: true, onRevoked }),
		handler: (request: FastifyRequest, reply: FastifyReply) => {
			const key = accepted(request);
			recordUse(request, key);
			void reply
				.header("X-Auxvyn-Workspace-Id", key.workspaceId)
				.header("X-Auxvyn-Key-Id", key.id)
				.header("Cache-Control", "no-store")
				.send();
		},
	};
	const summary =
		"Authenticate a request for a reverse proxy: 200 with X-Auxvyn-Workspace-Id and X-Auxvyn-Key-Id, or 401";
	app.route({
		...forwardAuth,
		method: "GET",
		schema: { summary, description: `Any method. ${KEY_HEADERS}`, tags: ["games"] },
	});
	const otherMethods = app.supportedMethods.filter((method) => method !== "GET" && method !== "HEAD");
	app.route({ ...forwardAuth, method: otherMethods, schema: { hide: true } });

	done();
}

/** Requests from the plugin and from playtests are authenticated but not counted as use. */
function isGameUse(headers: IncomingHttpHeaders): boolean {
	return headers["x-auxvyn-protocol"] === undefined && headers["x-auxvyn-studio"] !== "1";
}

function accepted(request: FastifyRequest): KnownKey {
	if (request.apiKey === undefined) throw new TypeError("requireKey has not run.");
	return request.apiKey;
}
