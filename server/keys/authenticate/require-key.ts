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
	/** Refusals per address. A valid key is never counted, so never slowed by others' guesses. */
	failures: Limit;
	/** Reverse proxies understand nothing but 200 and 401. */
	only401: boolean;
	/** Somebody still sends a key that was revoked. */
	onRevoked: (request: FastifyRequest, key: KnownKey) => void;
}

type Done = (error?: Error) => void;

/** An onRequest hook that lets only requests with a good key through. */
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
		else done(tooManyRequests(wait, "Too many refused keys from this address. Wait, then try again with a valid key."));
	}
}
