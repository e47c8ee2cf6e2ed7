import type { FastifyRequest } from "fastify";

import { clientAddress } from "../http/address.ts";

/** Who makes a change, and from where. `accountId` is null for clients that use a key and for the server itself. */
export interface Actor {
	accountId: string | null;
	/** As `clientAddress` returns it; null if there was no request. */
	address: string | null;
}

/** An actor who is signed in. */
export type SignedInActor = Actor & { accountId: string };

/** The server itself: expiry and clean-up. */
export const SYSTEM: Actor = { accountId: null, address: null };

/** The account behind a request, and the address it came from. */
export function actorOf(request: FastifyRequest, accountId: string): SignedInActor {
	return { accountId, address: clientAddress(request) };
}
