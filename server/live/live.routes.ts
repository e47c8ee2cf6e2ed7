import { performance } from "node:perf_hooks";

import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { ProblemError, tooManyRequests } from "../errors/problem-error.ts";
import { clientAddress } from "../http/address.ts";
import { refuseOtherSites } from "../http/origin.ts";
import type { Storage } from "../storage/storage.ts";
import type { Hub } from "./hub.ts";
import { Listener } from "./listener.ts";
import { findStreamStart } from "./look.store.ts";

const MOST_STREAMS = 1_000;
const MOST_STREAMS_OF_ACCOUNT = 20;
/** Ten people behind one address, say: nobody takes all streams by making accounts. */
const MOST_STREAMS_FROM_ADDRESS = 100;
const COME_BACK_SECONDS = 30;

const HEADERS = {
	"Content-Type": "text/event-stream; charset=utf-8",
	"Cache-Control": "no-store",
	// nginx would gather a stream up before it passes it on.
	"X-Accel-Buffering": "no",
};

const DESCRIPTION = `Server-sent events. \`changed\` has \`{"topics":[…]}\`: what to ask for again, out of \`keys\`,
\`pairings\`, \`people\`, \`workspace\` and \`activity\`. \`used\` has \`{"keys":[…]}\`: how keys have been used, with
the fields of the list of keys. \`over\` has \`{"reason":"session"|"membership"}\` and ends the stream. What happened
while no stream was open is not sent afterwards.`;

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
				summary: "What changes in a workspace, as it happens",
				description: DESCRIPTION,
				tags: ["workspaces"],
				params: Type.Object({ workspaceId: Type.String() }),
				response: {
					200: { description: "A stream of events", content: { "text/event-stream": { schema: Type.String() } } },
				},
			},
		},
		async (request, reply) => {
			refuseOtherSites(request, "Listen on this server's own pages.");
			const { workspaceId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "see");
			const { token } = await app.accounts.requireSession(request);
			const address = clientAddress(request);
			const start = await storage.scan(
				findStreamStart,
				{ workspaceId },
				{ account: account.id, signal: request.signal },
			);
			// At once before it is added: others may have come meanwhile.
			refuseTooMany(hub, account.id, address);

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

/** @throws ProblemError 429 where one account or address has too many, 503 where all have */
function refuseTooMany(hub: Hub, accountId: string, address: string): void {
	if (hub.countOf(accountId) >= MOST_STREAMS_OF_ACCOUNT) {
		throw tooManyRequests(COME_BACK_SECONDS, "You have too many pages open. Close some of them.");
	}
	if (hub.countFrom(address) >= MOST_STREAMS_FROM_ADDRESS) {
		throw tooManyRequests(COME_BACK_SECONDS, "Too many pages are open where you are. Close some of them.");
	}
	if (hub.count() >= MOST_STREAMS) {
		throw new ProblemError(503, "too_many_streams", "Too many pages listen for changes. Reload to see what is new.", {
			headers: { "Retry-After": String(COME_BACK_SECONDS) },
		});
	}
}
