import { BlockList, isIPv6 } from "node:net";

import type { FastifyRequest } from "fastify";

const FORWARDING_HEADERS = [
	"forwarded",
	"x-forwarded-for",
	"x-forwarded-host",
	"x-forwarded-proto",
	"x-real-ip",
	"via",
];

/** Loopback, and networks in which a reverse proxy stands beside the server. */
const NEARBY = new BlockList();
for (const [network, prefix] of [
	["127.0.0.0", 8],
	["10.0.0.0", 8],
	["172.16.0.0", 12],
	["192.168.0.0", 16],
	["169.254.0.0", 16],
	["100.64.0.0", 10],
] as const)
	NEARBY.addSubnet(network, prefix, "ipv4");
NEARBY.addAddress("::1", "ipv6");
NEARBY.addSubnet("fc00::", 7, "ipv6");
NEARBY.addSubnet("fe80::", 10, "ipv6");

/** True if a proxy seems to have forwarded the request, or its client pretends so. */
export function hasForwardingHeaders({ headers }: FastifyRequest): boolean {
	return FORWARDING_HEADERS.some((name) => headers[name] !== undefined);
}

/**
 * True if a proxy that TRUSTED_PROXIES does not name seems to have forwarded the request: then all its clients have the
 * proxy's address.
 */
export function isForwardedUntrusted(request: FastifyRequest): boolean {
	if (!hasForwardingHeaders(request) || isTrusted(request)) return false;
	const peer = request.socket.remoteAddress?.replace(/%.*$/, "");
	return peer !== undefined && NEARBY.check(peer, isIPv6(peer) ? "ipv6" : "ipv4");
}

/** Fastify follows `X-Forwarded-For` beyond the peer only if it trusts the peer. */
function isTrusted({ ips }: FastifyRequest): boolean {
	return ips !== undefined && ips.length > 1;
}
