import { createLimit, type Limit, type LimitOptions } from "./limits.ts";
import { ALL_SHARES, type Network, networksOf } from "./networks.ts";

/** A limit per client address, which also holds for the networks that the address is in. */
export interface NetworkLimit extends Limit {
	/** `about`: counted separately, such as the account that is tried. */
	hit(address: string, about?: string): void;
	retryAfter(address: string, about?: string): number | undefined;
	take(address: string, about?: string): number | undefined;
	giveBack(address: string, about?: string): void;
	forget(address: string, about?: string): void;
}

/** Allows `max` attempts per address, and for a wider network as many as its shares. */
export function createNetworkLimit(options: LimitOptions): NetworkLimit {
	/** By shares. All from the start, because other processes may count first. */
	const limits = new Map(
		ALL_SHARES.map((shares) => {
			const name = `${options.name}, ${shares} shares`;
			return [shares, createLimit({ ...options, name, max: options.max * shares })];
		}),
	);

	function limitOf({ shares }: Network): Limit {
		const limit = limits.get(shares);
		if (limit === undefined) throw new RangeError("No network has so many shares.");
		return limit;
	}

	function forEach(address: string, about: string, act: (limit: Limit, key: string) => void): void {
		for (const network of networksOf(address)) act(limitOf(network), `${network.name} ${about}`);
	}

	const hit: NetworkLimit["hit"] = (address, about = "") => forEach(address, about, (limit, key) => limit.hit(key));

	const retryAfter: NetworkLimit["retryAfter"] = (address, about = "") => {
		const waits: number[] = [];
		forEach(address, about, (limit, key) => waits.push(limit.retryAfter(key) ?? 0));
		return Math.max(...waits) || undefined;
	};

	return {
		hit,
		retryAfter,
		take(address, about) {
			const seconds = retryAfter(address, about);
			if (seconds === undefined) hit(address, about);
			return seconds;
		},
		giveBack: (address, about = "") => forEach(address, about, (limit, key) => limit.giveBack(key)),
		/** Of the address only: what others of its networks did still counts. */
		forget(address, about = "") {
			const [narrowest] = networksOf(address);
			limitOf(narrowest).forget(`${narrowest.name} ${about}`);
		},
	};
}
