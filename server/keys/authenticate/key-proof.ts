import type { FastifyRequest } from "fastify";

import type { Clock } from "../../clock.ts";
import { clientAddress } from "../../http/address.ts";
import type { Limit } from "../../http/limits.ts";
import type { Storage } from "../../storage/storage.ts";
import type { UsageMeter } from "../usage/usage-meter.ts";
import { findActiveKeyId } from "./authenticate.store.ts";
import { digestOf } from "./digest.ts";
import { isWellFormed } from "./well-formed.ts";

const BEARER = /^bearer +(\S+)$/i;

/** The id of the active key that a request's client holds. */
export type KeyProof = (request: FastifyRequest) => Promise<string | undefined>;

export interface KeyProofOptions {
	storage: Storage;
	clock: Clock;
	usage: UsageMeter;
	/** Counts guesses per address. Beyond it, keys are not looked at. */
	failures: Limit;
}

/**
 * Looks up the key in `Authorization: Bearer`, for requests that do not depend on it. Unlike authentication it neither seals
 * nor refuses: a key that is not active proves nothing. An active one counts as used by the plugin.
 */
export function createKeyProof({ storage, clock, usage, failures }: KeyProofOptions): KeyProof {
	return async (request) => {
		const secret = BEARER.exec(request.headers.authorization ?? "")?.[1];
		if (secret === undefined || !isWellFormed(secret)) return undefined;
		const address = clientAddress(request);
		if (failures.retryAfter(address) !== undefined) return undefined;
		const keyId = await storage.read(findActiveKeyId, { digest: digestOf(secret) });
		if (keyId === undefined) failures.hit(address);
		else usage.recordFromStudio(keyId, clock.now(), "plugin");
		return keyId;
	};
}
