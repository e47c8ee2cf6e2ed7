import type { FastifyReply, FastifyRequest } from "fastify";

import { tooManyRequests } from "../../errors/problem-error.ts";
import { clientAddress } from "../../http/address.ts";
import type { Limit } from "../../http/limits.ts";
import type { KnownKey } from "./authenticate.store.ts";
import { type Authenticator, isAccepted, type Verdict } from "./authenticator.ts";
import { CONFLICT, presentedKey } from "./presented-key.ts";
import { conflictingKeys, refusal } from "./refusal.ts";

declare module "fastify" {
	interface FastifyRequest {
		/** The key that `requireKey` accepted. */
		apiKey: KnownKey | undefined;
	}
}

export interface RequireKeyOptions {
	authenticator: Authenticator;
	/** Counts refusals per address. Valid keys are not counted, so guessing never slows them down. */
	failures: Limit;
	/** Respond with 401 to every refusal, since reverse proxies expect only 200 or 401. */
	only401: boolean;
	/** Called for each request that presents a revoked key. */
	onRevoked: (request: FastifyRequest, key: KnownKey) => void;
}

type Done = (error?: Error) => void;

/** Creates an onRequest hook that refuses requests without a valid key. */
export function requireKey({ authenticator, failures, only401, onRevoked }: RequireKeyOptions) {
	return function (request: FastifyRequest, _reply: FastifyReply, done: Done): void {
		const presented = presentedKey(request.raw.rawHeaders);
		if (presented === CONFLICT) done(conflictingKeys(only401 ? 401 : 400));
		else authenticator.authenticate(presented).then((verdict) => settle(request, verdict, done), done);
	};

	function settle(request: FastifyRequest, verdict: Verdict, done: Done): void {
		if (isAccepted(verdict)) {
			request.apiKey = verdict.key;
			done();
			return;
		}
		if (verdict.revoked !== undefined) onRevoked(request, verdict.revoked);
		const wait = failures.take(clientAddress(request));
		if (wait === undefined || only401) done(refusal(verdict));
		else done(tooManyRequests(wait, "Too many invalid keys from this address. Wait, then try again with a valid key."));
	}
}
