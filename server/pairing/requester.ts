import type { FastifyRequest } from "fastify";

import { clientAddress } from "../http/address.ts";
import { isForwardedUntrusted } from "../http/forwarded.ts";
import { redactKeys } from "../http/text.ts";

const AGENT_MAX_CHARACTERS = 200;

/** Who starts or polls a pairing. */
export interface Requester {
	/** As `clientAddress` returns it. */
	address: string;
	/** Printable ASCII. */
	agent: string | null;
	/** An untrusted proxy forwarded the request, so the address may be the proxy's. */
	isForwarded: boolean;
}

export function requesterOf(request: FastifyRequest): Requester {
	return {
		address: clientAddress(request),
		agent: cleanAgent(request.headers["user-agent"]),
		isForwarded: isForwardedUntrusted(request),
	};
}

/** What may be kept and shown of a User-Agent. Node reads headers as Latin-1, so anything beyond ASCII is garbled anyway. */
function cleanAgent(header: string | undefined): string | null {
	const printable = (header ?? "").replaceAll(/[^\x20-\x7e]/g, "");
	return redactKeys(printable).slice(0, AGENT_MAX_CHARACTERS).trim() || null;
}
