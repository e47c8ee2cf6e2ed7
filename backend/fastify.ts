import type {} from "fastify";

import type { ApiKey } from "./api-key.ts";
import { createAuthenticator } from "./authenticator.ts";
import type { BackendOptions } from "./options.ts";

export type { ApiKey, BackendOptions };

declare module "fastify" {
	interface FastifyRequest {
		/** Set by the hook of `requireApiKey`, for the routes that have it. */
		apiKey: ApiKey;
	}
}

/** What the hook uses of Fastify's request, whatever server, schemas and logger it is for. */
interface Request {
	readonly raw: { readonly rawHeaders: readonly string[] };
	apiKey: ApiKey;
}

interface Reply {
	code(status: number): unknown;
	headers(values: Record<string, string>): unknown;
	send(body: string): unknown;
}

/**
 * For `addHook("onRequest", …)`: lets in requests with a key of the workspace, and sets `request.apiKey`.
 * @throws TypeError for options that cannot be used
 */
export function requireApiKey(options: BackendOptions): (request: Request, reply: Reply) => Promise<unknown> {
	const authenticate = createAuthenticator(options);
	return async (request, reply) => {
		const verdict = await authenticate(request.raw.rawHeaders);
		if (verdict.accepted) {
			request.apiKey = verdict.apiKey;
			return undefined;
		}
		reply.code(verdict.refusal.status);
		reply.headers(verdict.refusal.headers);
		reply.send(verdict.refusal.body);
		// Tells Fastify that the request was answered.
		return reply;
	};
}
