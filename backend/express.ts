import type { ApiKey } from "./api-key.ts";

export type { ApiKey };
export type { BackendOptions } from "./options.ts";
export { requireApiKey } from "./require-api-key.ts";

declare global {
	// oxlint-disable-next-line typescript/no-namespace -- how Express has its request extended
	namespace Express {
		interface Request {
			/** Set by the middleware of `requireApiKey`, for the routes behind it. */
			apiKey: ApiKey;
		}
	}
}
