import type { FastifyRequest } from "fastify";

import type { Actor } from "../activity/record.ts";
import { clientAddress } from "./address.ts";

/** Who is behind a request, as activity names them. */
export function actorOf(request: FastifyRequest, accountId: string): Actor & { accountId: string } {
	return { accountId, address: clientAddress(request) };
}
