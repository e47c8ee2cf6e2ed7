import type {} from "fastify";

import type { ApiKey } from "./api-key.ts";

export type { ApiKey };
export type { BackendOptions } from "./options.ts";
export { requireApiKey } from "./require-api-key.ts";

declare module "fastify" {
	interface FastifyRequest {
		/** Set by the hook of `requireApiKey`, for the routes that have it. */
		apiKey: ApiKey;
	}
}
