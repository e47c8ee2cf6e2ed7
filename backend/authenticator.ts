import { createHash } from "node:crypto";

import { CONFLICT, presentedKey } from "../server/keys/authenticate/presented-key.ts";
import { isWellFormedKey } from "../shared/key-format.ts";
import type { ApiKey } from "./api-key.ts";
import { withinTime } from "./deadline.ts";
import { createIntrospection, timeoutError } from "./introspection.ts";
import { IntrospectionError } from "./introspection-error.ts";
import { createKeyCache } from "./key-cache.ts";
import { type BackendOptions, readOptions } from "./options.ts";
import { type Refusal, refusal, type RefusalCode } from "./refusal.ts";
import { createReport } from "./report.ts";
import { rawHeadersOf, type RequestHeaders } from "./request-headers.ts";
import { shareAnswers } from "./shared-answers.ts";

export type Verdict = { accepted: true; apiKey: ApiKey } | { accepted: false; refusal: Refusal };

/** Judges a request by its headers. */
export type Authenticator = (headers: RequestHeaders) => Promise<Verdict>;

interface Introspected {
	key: ApiKey | undefined;
	askedAt: number;
}

/**
 * Checks keys by asking the Auxvyn server about each. Whatever goes wrong there, no request is let in.
 * @throws TypeError for options that cannot be used
 */
export function createAuthenticator(options: BackendOptions): Authenticator {
	const settings = readOptions(options);
	const { workspaces, endpoint, timeoutMs } = settings;
	const introspect = createIntrospection(settings);
	const ask = shareAnswers<Introspected>(async (key) => {
		const askedAt = performance.now();
		return { key: await introspect(key), askedAt };
	});
	const cache = createKeyCache(settings.cacheMs);
	const report = createReport(settings.onError);

	async function lookUp(key: string): Promise<ApiKey | undefined> {
		const digest = createHash("sha256").update(key).digest("hex");
		const cached = cache.find(digest);
		if (cached !== undefined) return cached;
		// A request that had to wait for others does not wait longer.
		const answer = await withinTime(ask(digest, key), timeoutMs, () => timeoutError(endpoint, timeoutMs));
		if (answer.key !== undefined && workspaces.has(answer.key.workspace.id))
			cache.add(digest, answer.key, answer.askedAt);
		return answer.key;
	}

	return async (headers) => {
		const key = presentedKey(rawHeadersOf(headers));
		if (key === CONFLICT) return refused("conflicting_keys");
		if (key === undefined) return refused("missing_key");
		if (!isWellFormedKey(key)) return refused("malformed_key");
		try {
			const apiKey = await lookUp(key);
			if (apiKey === undefined) return refused("inactive_key");
			return workspaces.has(apiKey.workspace.id) ? { accepted: true, apiKey } : refused("wrong_workspace");
		} catch (error) {
			if (!(error instanceof IntrospectionError)) throw error;
			report(error);
			return refused("authentication_unavailable");
		}
	};
}

function refused(code: RefusalCode): Verdict {
	return { accepted: false, refusal: refusal(code) };
}
