import type { FastifyRequest } from "fastify";

import { clientAddress } from "../../http/address.ts";
import type { Visitor } from "../../http/fair-line.ts";
import { homeNetworkOf } from "../../http/networks.ts";
import type { Storage } from "../../storage/storage.ts";
import type { createDeviceCookie, SignedInWith } from "./device-cookie.ts";
import { isKnownNetwork, knowledgeOf, rememberNetwork } from "./known-networks.store.ts";

/** Someone who wants to sign in to an account. */
export interface SigningIn extends Visitor {
	email: string;
	/** By which device or network the account knows them, if it does. */
	knownBy: { device?: string; network?: string };
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
			const { isKnown, ownSince, accountId, passwordHash } = await storage.read(knowledgeOf, { network, email });
			const own = devices.find((each) => each.accountId === accountId);
			const isCurrent = own !== undefined && passwordHash !== null && cookie.isCurrent(own, passwordHash);
			return {
				address,
				email,
				isKnown: isKnown || isCurrent || devices.some((each) => each !== own),
				isNetworkNew: ownSince === null || ownSince < storage.now() - SEEN_PRECISION_MS,
				knownBy: { ...(isCurrent && { device: own.id }), ...(ownSince !== null && { network }) },
			};
		},

		/** The `Set-Cookie` header that makes the browser known to the account. */
		deviceCookie: (request: FastifyRequest, who: SignedInWith) => cookie.renewed(request, who, storage.now()),

		/** True if the browser has been made known to the account, with this password or an earlier one. */
		hasDevice: (request: FastifyRequest, accountId: string) =>
			cookie.read(request, storage.now()).some((each) => each.accountId === accountId),

		/** Makes the network known to the account, after a good sign-in. */
		rememberNetwork(request: FastifyRequest, accountId: string): void {
			const network = homeNetworkOf(clientAddress(request));
			storage.write(rememberNetwork, { accountId, network }, { priority: "low" }).catch(onError);
		},
	};
}

export type Visitors = ReturnType<typeof createVisitors>;
