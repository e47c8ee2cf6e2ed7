import type { FastifyRequest } from "fastify";

import type { Person } from "../activity/actor.ts";
import { clientAddress } from "./address.ts";

/** Who is behind a request, as activity names them. */
export function actorOf(request: FastifyRequest, accountId: string): Person {
	return { accountId, address: clientAddress(request) };
}
