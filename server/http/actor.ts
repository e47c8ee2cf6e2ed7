import type { FastifyRequest } from "fastify";

import type { SignedInActor } from "../activity/actor.ts";
import { clientAddress } from "./address.ts";

/** Who is behind a request, as activity names them. */
export function actorOf(request: FastifyRequest, accountId: string): SignedInActor {
	return { accountId, address: clientAddress(request) };
}
