import type { FastifyReply, FastifyRequest } from "fastify";

import { clientAddress } from "../../http/address.ts";
import type { Limit } from "../../http/limits.ts";
import { type Authenticator, isAccepted, type Refused, type Verdict } from "./authenticator.ts";
import type { CachedKey } from "./key-cache.ts";
import { CONFLICT, presentedKey } from "./presented-key.ts";
import { conflictingKeys, refusal, tooManyGuesses } from "./refusal.ts";
import type { Workspaces } from "./workspaces.ts";

declare module "fastify" {
	interface FastifyRequest {
		/** The key that `requireKey` accepted. */
		apiKey: CachedKey | undefined;
	}
}

export interface RequireKeyOptions {
	authenticator: Authenticator;
	/** Counts refusals per address. Valid keys are not counted, so guessing never slows them down. */
	failures: Limit;
	/** Only keys of these workspaces are accepted. */
	workspacesOf: (request: FastifyRequest) => Workspaces;
	/** Respond with 401 or 403 to every refusal, since reverse proxies turn other codes into 500. */
	forProxy: boolean;
	/** Called for each request that presents a revoked key. */
	onRevoked: (request: FastifyRequest, key: CachedKey) => void;
	/** The age in milliseconds of what the verdict does not depend on. Default: any. */
	maxAgeMs?: number;
}

type Done = (error?: Error) => void;

/** Creates an onRequest hook that refuses requests without a valid key. */
export function requireKey(options: RequireKeyOptions) {
	const { authenticator, failures, workspacesOf, forProxy, onRevoked, maxAgeMs } = options;

	return function (request: FastifyRequest, _reply: FastifyReply, done: Done): void {
		const presented = presentedKey(request.raw.rawHeaders);
		if (presented === CONFLICT) done(conflictingKeys(forProxy ? 401 : 400));
		else
			authenticator
				.authenticate(presented, workspacesOf(request), maxAgeMs)
				.then((verdict) => settle(request, verdict, done), done);
	};

	function settle(request: FastifyRequest, verdict: Verdict, done: Done): void {
		if (isAccepted(verdict)) {
			request.apiKey = verdict.key;
			done();
			return;
		}
		if (verdict.revoked !== undefined) onRevoked(request, verdict.revoked);
		const wait = isGoodKey(verdict) ? undefined : failures.take(clientAddress(request));
		if (wait === undefined || forProxy) done(refusal(verdict));
		else done(tooManyGuesses(wait));
	}
}

/** A good key of another workspace is no guess. */
export function isGoodKey({ code }: Refused): boolean {
	return code === "wrong_workspace" || code === "workspace_required";
}
