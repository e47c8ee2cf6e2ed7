import { isIP } from "node:net";

import { ipv6Network } from "./address.ts";

export interface Network {
	/** In CIDR notation, except for single addresses. */
	name: string;
	/** How many addresses' share the network may take: those of a few households, far from all that it has. */
	shares: number;
}

export const IPV4_24_SHARES = 8;
/** What one household gets from many providers. */
export const IPV6_56_SHARES = 4;
/** What one site gets. */
export const IPV6_48_SHARES = 16;
/** That networks have, beginning with those of an address. */
export const ALL_SHARES: readonly number[] = [1, IPV4_24_SHARES, IPV6_56_SHARES, IPV6_48_SHARES];

/**
 * The networks that a client is in, from its address, as `clientAddress` returns it, to the widest. Limits count by all
 * of them: otherwise the owner of a network of addresses has as many times what one client may take.
 */
export function networksOf(address: string): readonly [Network, ...Network[]] {
	// A flood comes from one client for a while.
	if (address !== latest.address) latest = { address, networks: read(address) };
	return latest.networks;
}

let latest: { address: string; networks: readonly [Network, ...Network[]] } = {
	address: "",
	networks: [{ name: "", shares: 1 }],
};

function read(address: string): [Network, ...Network[]] {
	const version = isIP(address);
	if (version === 4) {
		const [a, b, c] = address.split(".");
		return [
			{ name: address, shares: 1 },
			{ name: `${a}.${b}.${c}.0/24`, shares: IPV4_24_SHARES },
		];
	}
	if (version !== 6) return [{ name: address, shares: 1 }];
	return [
		{ name: address, shares: 1 },
		{ name: `${ipv6Network(address, 56)}/56`, shares: IPV6_56_SHARES },
		{ name: `${ipv6Network(address, 48)}/48`, shares: IPV6_48_SHARES },
	];
}

/** The names of the wider networks. IPv4 has only one. */
export function widerNetworksOf(address: string): { wide: string; widest: string } {
	const [{ name }, { name: wide } = { name }, { name: widest } = { name: wide }] = networksOf(address);
	return { wide, widest };
}

/**
 * The network that stands for a household or an office: an IPv4 address, or an IPv6 /56, in which devices move between
 * the /64 networks.
 */
export function homeNetworkOf(address: string): string {
	const [narrowest, ...wider] = networksOf(address);
	return wider.find(({ shares }) => shares === IPV6_56_SHARES)?.name ?? narrowest.name;
}
