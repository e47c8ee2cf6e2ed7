import type { IncomingMessage } from "node:http";
import { isIP, type Socket } from "node:net";

import proxyAddr from "@fastify/proxy-addr";
import type { FastifyRequest } from "fastify";

const MAPPED_IPV4 = "0:0:0:0:0:ffff:";
const GROUPS = 8;
const NETWORK_GROUPS = 4;
const SITE_GROUPS = 3;

/**
 * The client's address, for limits and sessions: an IPv4 address, or an IPv6 /64 network written as its first address,
 * because one subscriber has at least that much. `X-Forwarded-For` counts only from trusted proxies.
 */
export function clientAddress(request: FastifyRequest): string {
	const { remoteAddress } = request.socket;
	// The connection may have closed before the response is logged.
	if (remoteAddress === undefined) return "unknown";
	return networkOf(request.ip) ?? networkOf(remoteAddress) ?? "unknown";
}

/**
 * The same for requests that Fastify has not seen, by its own library.
 * @param trustedProxies addresses and CIDRs
 */
export function clientAddresses(trustedProxies: string[]): (request: IncomingMessage) => string {
	const isTrusted = trustedProxies.length === 0 ? undefined : proxyAddr.compile(trustedProxies);
	const known = new WeakMap<Socket, string>();

	function ofSocket(socket: Socket): string {
		let address = known.get(socket);
		if (address === undefined) {
			address = networkOf(socket.remoteAddress ?? "") ?? "unknown";
			known.set(socket, address);
		}
		return address;
	}

	return (request) => {
		if (isTrusted === undefined || request.socket.remoteAddress === undefined) return ofSocket(request.socket);
		return networkOf(proxyAddr(request, isTrusted)) ?? ofSocket(request.socket);
	};
}

/** The same for any text; undefined if it is not an address. Drops ports and zones, which some proxies add. */
export function networkOf(text: string): string | undefined {
	const address = text
		.replace(/^\[(.*)\](:\d+)?$/, "$1")
		.replace(/^([\d.]+):\d+$/, "$1")
		.replace(/%.*$/, "");
	const version = isIP(address);
	if (version === 4) return copyOf(address);
	if (version !== 6) return undefined;
	const groups = ipv6Groups(address);
	const written = groups.join(":");
	if (written.startsWith(MAPPED_IPV4)) return ipv4Of(groups);
	return canonical(`${groups.slice(0, NETWORK_GROUPS).join(":")}::`);
}

/** V8 keeps all of a text in memory as long as a part of it, and limits keep addresses: cut out of headers of any length. */
function copyOf(ipv4: string): string {
	return ipv4.split(".").join(".");
}

/** The network of `bits` bits that the IPv6 address is in, written as its first address. */
export function ipv6Network(address: string, bits: 48 | 56): string {
	const groups = ipv6Groups(address).slice(0, NETWORK_GROUPS);
	const last = bits === 48 ? "0" : (parseInt(groups[NETWORK_GROUPS - 1] ?? "0", 16) & 0xff00).toString(16);
	return canonical(`${groups.slice(0, NETWORK_GROUPS - 1).join(":")}:${last}::`);
}

/** The network of one site or provider, to compare clients by. */
export interface Site {
	family: "IPv4" | "IPv6";
	/** In CIDR notation. All of loopback is one network, of either family. */
	network: string;
}

export const LOOPBACK = "127.0.0.0/8";

/** The /24 of an IPv4 address, or the /48 of an IPv6 address; undefined if it is not an address. */
export function siteOf(text: string): Site | undefined {
	const network = networkOf(text);
	if (network === undefined) return undefined;
	const family = isIP(network) === 4 ? "IPv4" : "IPv6";
	if (family === "IPv4") {
		const [first, second, third] = network.split(".");
		return { family, network: first === "127" ? LOOPBACK : `${first}.${second}.${third}.0/24` };
	}
	// ::1 in its /64.
	if (network === "::") return { family, network: LOOPBACK };
	return { family, network: `${canonical(`${ipv6Groups(network).slice(0, SITE_GROUPS).join(":")}::`)}/48` };
}

/** The eight groups, lower-case and without leading zeros. */
function ipv6Groups(address: string): string[] {
	const [left = "", right] = canonical(address).split("::");
	const head = left === "" ? [] : left.split(":");
	const tail = right === undefined || right === "" ? [] : right.split(":");
	return [...head, ...Array<string>(GROUPS - head.length - tail.length).fill("0"), ...tail];
}

/** The canonical form of an address (RFC 5952), from the URL standard's serializer. */
function canonical(address: string): string {
	return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function ipv4Of(groups: string[]): string {
	return groups
		.slice(-2)
		.map((group) => parseInt(group, 16))
		.flatMap((value) => [value >> 8, value & 255])
		.join(".");
}
