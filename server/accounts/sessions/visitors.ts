import type { FastifyRequest } from "fastify";

import { clientAddress } from "../../http/address.ts";
import type { Visitor } from "../../http/fair-line.ts";
import { homeNetworkOf } from "../../http/networks.ts";
import type { Storage } from "../../storage/storage.ts";
import type { createDeviceCookie } from "./device-cookie.ts";
import { isKnownNetwork, knowledgeOf, rememberNetwork } from "./known-networks.store.ts";

/** Someone who wants to sign in to an account. */
export interface SigningIn extends Visitor {
	email: string;
	/** By which device or network the account knows them, if it does. */
	knownBy: { device: string } | { network: string } | undefined;
	/** True if the account was last signed in to from there a while ago, or never. */
	isNetworkNew: boolean;
}

/** The precision of when a network was last seen. */
const SEEN_PRECISION_MS = 24 * 3_600_000;

export interface VisitorsOptions {
	storage: Storage;
	cookie: ReturnType<typeof createDeviceCookie>;
	onError: (error: unknown) => void;
}

/** Tells who signed in before, by the device's cookie and by the network, so that floods of others do not keep them out. */
export function createVisitors({ storage, cookie, onError }: VisitorsOptions) {
	return {
		async of(request: FastifyRequest): Promise<Visitor> {
			const address = clientAddress(request);
			if (cookie.read(request, storage.now()).length > 0) return { address, isKnown: true };
			return { address, isKnown: await storage.read(isKnownNetwork, { network: homeNetworkOf(address) }) };
		},

		async signingIn(request: FastifyRequest, email: string): Promise<SigningIn> {
			const address = clientAddress(request);
			const network = homeNetworkOf(address);
			const devices = cookie.read(request, storage.now());
			const { isKnown, ownSince, accountId } = await storage.read(knowledgeOf, { network, email });
			const device = devices.find((each) => each.accountId === accountId);
			return {
				address,
				email,
				isKnown: isKnown || devices.length > 0,
				isNetworkNew: ownSince === null || ownSince < storage.now() - SEEN_PRECISION_MS,
				knownBy: device ? { device: device.id } : ownSince === null ? undefined : { network },
			};
		},

		/** The `Set-Cookie` header that makes the browser known to the account. */
		deviceCookie: (request: FastifyRequest, accountId: string) => cookie.renewed(request, accountId, storage.now()),

		/** Makes the network known to the account, after a good sign-in. */
		rememberNetwork(request: FastifyRequest, accountId: string): void {
			const network = homeNetworkOf(clientAddress(request));
			storage.write(rememberNetwork, { accountId, network }, { priority: "low" }).catch(onError);
		},
	};
}

export type Visitors = ReturnType<typeof createVisitors>;
