import { lookup } from "node:dns/promises";
import { BlockList, connect, isIPv6 } from "node:net";

import { isLoopbackHost } from "../config.ts";
import { type Finding, ok, problem, unseen } from "./finding.ts";

const CONNECT_TIMEOUT_MS = 8_000;
/** This computer has no route to addresses of that family. */
const NO_ROUTE = ["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"];

const PRIVATE = new BlockList();
for (const [network, prefix] of [
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.168.0.0", 16],
] as const)
	PRIVATE.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
	// Loopback, and the network of loopback, as the server writes it.
	["::", 127],
	["fc00::", 7],
	["fe80::", 10],
] as const)
	PRIVATE.addSubnet(network, prefix, "ipv6");

/** True for addresses that the internet does not lead to. */
export function isPrivate(address: string): boolean {
	return PRIVATE.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

export interface Addresses {
	addresses: string[];
	/** The code of the failure, if there are none. */
	failure?: string;
}

/** The addresses of a URL's host. */
export async function findAddresses({ hostname }: URL): Promise<Addresses> {
	try {
		const found = await lookup(hostname.replace(/^\[(.*)\]$/, "$1"), { all: true });
		return { addresses: [...new Set(found.map(({ address }) => address))] };
	} catch (error) {
		return { addresses: [], failure: (error as NodeJS.ErrnoException).code ?? "no reason given" };
	}
}

export interface AddressAnswer {
	finding: Finding;
	/** Whether anything accepts connections there. */
	isReachable: boolean;
}

/** Whether the address leads to something that listens, by each of its DNS records. */
export async function lookAtAddress(url: URL, { addresses, failure }: Addresses): Promise<AddressAnswer> {
	if (failure !== undefined) return { finding: noAddress(url, failure), isReachable: false };
	const codes = await Promise.all(addresses.map((address) => connectTo(address, portOf(url))));
	return { finding: judge(url, addresses, codes), isReachable: codes.includes(undefined) };
}

function judge(url: URL, addresses: string[], codes: (string | undefined)[]): Finding {
	const { hostname } = url;
	const port = portOf(url);
	const reached = addresses.filter((_, index) => codes[index] === undefined);
	// Of its two addresses, the server listens on one.
	if (isLoopbackHost(hostname) && reached.length > 0) {
		return ok(
			"address",
			`${url.origin} answers. Only this computer can reach it; published games need a public PUBLIC_URL.`,
		);
	}
	const failed = addresses.filter((_, index) => codes[index] !== undefined && !isNoRoute(codes[index]));
	if (failed.length === addresses.length) return nothingThere(url, failed, codes);
	if (failed.length > 0) {
		return problem(
			"address",
			`${failed.join(" and ")} of ${hostname} does not answer on port ${port}, so some clients cannot connect: remove the DNS record (${failed.some(isIPv6) ? "AAAA" : "A"}), or make the server listen there.`,
		);
	}
	if (reached.length === 0) return unseen("address", `This computer has no route to ${addresses.join(" or ")}.`);
	if (reached.every(isPrivate)) {
		return unseen(
			"address",
			`${hostname} resolves to ${reached.join(", ")} here, which is a private address: run this from another network.`,
		);
	}
	return ok("address", `${hostname} resolves to ${reached.join(", ")} and answers on port ${port}.`);
}

function noAddress({ hostname }: URL, failure: string): Finding {
	return failure === "ENOTFOUND"
		? problem(
				"address",
				`${hostname} has no DNS record: add one (A) with the server's public address, and wait until it has spread.`,
			)
		: unseen("address", `This computer could not look up ${hostname} (${failure}): check its DNS settings.`);
}

export function portOf({ port, protocol }: URL): number {
	return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

function nothingThere(url: URL, addresses: string[], codes: (string | undefined)[]): Finding {
	const where = `${addresses.join(", ")}, port ${portOf(url)}`;
	return codes.includes("ECONNREFUSED")
		? problem("address", `Nothing listens at ${where}: start the proxy, or the server if there is none.`)
		: problem(
				"address",
				`No answer from ${where}: open the port in the firewall and at the provider, and check the DNS record.`,
			);
}

function isNoRoute(code: string | undefined): boolean {
	return code !== undefined && NO_ROUTE.includes(code);
}

/** The code of the failure; undefined if something accepts connections. */
function connectTo(host: string, port: number): Promise<string | undefined> {
	return new Promise((resolve) => {
		const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
		const end = (code?: string) => {
			socket.destroy();
			resolve(code);
		};
		socket.once("connect", () => end());
		socket.once("timeout", () => end("ETIMEDOUT"));
		socket.once("error", ({ code }: NodeJS.ErrnoException) => end(code ?? "no connection"));
	});
}
