import { performance } from "node:perf_hooks";

import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { HEARTBEAT_SECONDS } from "../../shared/limits.ts";
import { clientAddress } from "../http/address.ts";
import { refuseCrossSite } from "../http/origin.ts";
import { becomesStream } from "../http/work-limits.ts";
import type { Storage } from "../storage/storage.ts";
import type { Hub } from "./hub.ts";
import { Listener } from "./listener.ts";
import { findStreamStart } from "./poll.store.ts";
import { requireStreamRoom } from "./stream-limits.ts";

const HEADERS = {
	"Content-Type": "text/event-stream; charset=utf-8",
	"Cache-Control": "no-store",
	// Keeps nginx from buffering the stream.
	"X-Accel-Buffering": "no",
};

const DESCRIPTION = `Server-sent events. \`changed\` has \`{"topics":[…]}\`: what to load again, out of \`keys\`,
\`pairings\`, \`people\`, \`workspace\` and \`activity\`. \`used\` has \`{"keys":[…]}\`: the usage of keys, with the
same fields as in the list of keys. \`heartbeat\` comes at the start, and after ${HEARTBEAT_SECONDS} seconds without
another event: a stream that is silent for much longer is dead. \`over\` has \`{"reason":"session"|"membership"}\` and ends the stream. Events are
not replayed: load everything again after reconnecting.`;

export const liveRoutes: FastifyPluginCallbackTypebox<{ hub: Hub; storage: Storage }> = (
	app,
	{ hub, storage },
	done,
) => {
	app.get(
		"/api/workspaces/:workspaceId/events",
		{
			exposeHeadRoute: false,
			schema: {
				summary: "Stream a workspace's changes",
				description: DESCRIPTION,
				tags: ["workspaces"],
				params: Type.Object({ workspaceId: Type.String() }),
				errors: ["cross_origin", "too_many_streams"],
				response: {
					200: { description: "The event stream", content: { "text/event-stream": { schema: Type.String() } } },
				},
			},
		},
		async (request, reply) => {
			refuseCrossSite(request, "Open the stream from one of this server's pages.");
			const { workspaceId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "see");
			const { token } = await app.accounts.requireSession(request);
			const address = clientAddress(request);
			const start = await storage.scan(
				findStreamStart,
				{ workspaceId },
				{ account: account.id, signal: request.signal },
			);
			// Right before adding the listener, since others may have been added during the await.
			requireStreamRoom(hub, account.id, address);
			becomesStream(request);

			if (request.raw.socket.destroyed) return reply.hijack();
			const listener = new Listener({ address, accountId: account.id, sessionToken: token, workspaceId }, reply.raw);
			reply.raw.on("close", () => hub.remove(listener));
			void reply.hijack();
			listener.open({ ...reply.getHeaders(), ...HEADERS }, performance.now());
			hub.add(listener, start);
			return reply;
		},
	);

	done();
};
